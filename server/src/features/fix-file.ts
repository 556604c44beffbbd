import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { size } from '../../../batch/wording';
import { fixFile } from '../../../files/fix-file';
import type { FileFixed, FixFileParams } from '../protocol';
import type { Settings } from '../settings';
import { pathOf } from '../uris';

/** Writes a mended copy of a file on disk. Throws a ResponseError that says in one sentence why there is none. */
export async function fixOnDisk(
  { uri, rules, target, idsTarget, workDoneToken }: FixFileParams,
  cancel: CancellationToken,
  { connection, settings }: { readonly connection: Connection; readonly settings: Settings },
): Promise<FileFixed> {
  const stop = new AbortController();
  const cancelling = cancel.onCancellationRequested(() => stop.abort());
  const progress = connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin('Fixing batch file', 0, undefined, true);
  try {
    const { context } = await settings.judgementOf(uri);
    const { changed, renamed } = await fixFile(onDisk(uri), onDisk(target), {
      context,
      rules: new Set(rules),
      idsTarget: onDisk(idsTarget),
      signal: stop.signal,
      onProgress: (bytes, total) =>
        progress.report((bytes / Math.max(1, total)) * 100, `${size(bytes)} of ${size(total)}`),
    });
    return { changed, renamed: renamed.length };
  } catch (error) {
    if (stop.signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The fix was stopped.');
    throw new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : String(error));
  } finally {
    progress.done();
    cancelling.dispose();
  }
}

function onDisk(uri: string): string {
  const path = pathOf(uri);
  if (path === undefined) throw new Error('Only a file on disk can be fixed; save the document first.');
  return path;
}
