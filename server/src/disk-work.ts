import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  type ProgressToken,
  ResponseError,
} from 'vscode-languageserver';
import { count, size } from '../../batch/wording';
import type { ReadOptions } from '../../files/read-lines';
import { pathOf } from './uris';

/** What a request about files on disk comes with. */
export interface DiskRequest {
  readonly workDoneToken?: ProgressToken;
}

/**
 * Does work on files with progress, and stops it when its request is canceled. Throws a ResponseError that says in one
 * sentence why it could not be done.
 */
export async function onDisk<R>(
  connection: Connection,
  title: string,
  { workDoneToken }: DiskRequest,
  cancel: CancellationToken,
  work: (options: ReadOptions & { readonly signal: AbortSignal }) => Promise<R>,
): Promise<R> {
  const stop = new AbortController();
  const cancelling = cancel.onCancellationRequested(() => stop.abort());
  const progress = connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin(title, 0, undefined, true);
  try {
    return await work({
      signal: stop.signal,
      onProgress: (done, total) =>
        progress.report((done / Math.max(1, total)) * 100, `${amount(done)} of ${amount(total)}`),
    });
  } catch (error) {
    if (stop.signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'It was stopped.');
    throw new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : String(error));
  } finally {
    progress.done();
    cancelling.dispose();
  }
}

/** Bytes of a file; of a folder it is the number of files, which are few. */
function amount(done: number): string {
  return done < 10_000 ? count(done) : size(done);
}

/** Throws for what is no file on disk. */
export function diskPathOf(uri: string): string {
  const path = pathOf(uri);
  if (path === undefined) throw new Error('Only files on disk can be read and written; save the document first.');
  return path;
}
