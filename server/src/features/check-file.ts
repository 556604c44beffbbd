import {
  CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type TextDocuments,
} from 'vscode-languageserver';
import { SHOWN_PROBLEMS } from '../../../batch/problems';
import { size } from '../../../batch/wording';
import { CheckThread } from '../../../files/check-thread';
import type { FileCheck } from '../../../files/file-check';
import type { BatchDocument } from '../documents';
import type { CheckFileParams } from '../protocol';
import type { Settings } from '../settings';
import { pathOf } from '../uris';
import type { ApiFindings } from './api-findings';
import type { Diagnostics } from './diagnostics';
import { type Summaries, summaryOfCheck } from './summary';

export interface DiskCheckWorld {
  readonly connection: Connection;
  readonly documents: TextDocuments<BatchDocument>;
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly summaries: Summaries;
  readonly apiFindings: ApiFindings;
}

/** Checks of files as they are on disk, and what they found where no document is open. */
export class DiskChecks {
  /** The latest check of each file that is shown from disk: only its findings count. */
  readonly #latest = new Map<string, CheckFileParams>();
  readonly #shown = new Map<string, FileCheck>();
  readonly #thread = new CheckThread();

  constructor(private readonly world: DiskCheckWorld) {}

  /** Only who asked for a check stops it. Throws a ResponseError that says in one sentence why there is none. */
  async check(params: CheckFileParams, cancel: CancellationToken): Promise<FileCheck> {
    const { uri } = params;
    const stop = new AbortController();
    const cancelling = cancel.onCancellationRequested(() => stop.abort());
    if (!this.world.documents.get(uri)) this.#latest.set(uri, params);
    const isLatest = (): boolean => this.#latest.get(uri) === params;
    try {
      const check = await this.#run(params, stop.signal);
      if (isLatest()) await this.#show(uri, check);
      return check;
    } catch (error) {
      if (isLatest() && !stop.signal.aborted) this.forget(uri);
      throw responseError(error, stop.signal);
    } finally {
      cancelling.dispose();
    }
  }

  /** A document was opened under this URI: what it holds counts now. */
  handOver(uri: string): void {
    this.#latest.delete(uri);
    this.#shown.delete(uri);
  }

  /** What was found is shown no longer. */
  forget(uri: string): void {
    if (!this.#latest.delete(uri)) return;
    this.#shown.delete(uri);
    this.world.diagnostics.clear(uri);
    this.world.summaries.tell(uri, null);
  }

  /** What the API said of a file has changed. */
  async showAgain(uri: string): Promise<void> {
    const check = this.#shown.get(uri);
    if (check) await this.#show(uri, check);
  }

  /** Checks again whatever is shown: what it was judged by has changed. */
  async repeat(): Promise<void> {
    const again = [...this.#latest.values()].map(({ uri, asBatch = false }) =>
      this.check({ uri, asBatch }, CancellationToken.None),
    );
    await Promise.allSettled(again);
  }

  async #run(
    { uri, asBatch = false, hashed = false, workDoneToken }: CheckFileParams,
    signal: AbortSignal,
  ): Promise<FileCheck> {
    const path = pathOf(uri);
    if (path === undefined) throw new Error('Only a file on disk can be checked; save the document first.');
    const progress = this.world.connection.window.attachWorkDoneProgress(workDoneToken);
    progress.begin('Checking batch file', 0, undefined, true);
    try {
      const { context, judgedBy } = await this.world.settings.judgementOf(uri);
      const onProgress = (bytes: number, total: number): void =>
        progress.report((bytes / Math.max(1, total)) * 100, `${size(bytes)} of ${size(total)}`);
      const options = { context, judgedBy, limit: SHOWN_PROBLEMS, asBatch, hashed };
      return await this.#thread.check(path, { ...options, signal, onProgress });
    } finally {
      progress.done();
    }
  }

  async #show(uri: string, check: FileCheck): Promise<void> {
    this.#shown.set(uri, check);
    this.world.diagnostics.show(uri, [...check.problems, ...(await this.world.apiFindings.onDisk(uri))]);
    this.world.summaries.tell(uri, summaryOfCheck(check, Date.now()));
  }
}

function responseError(error: unknown, signal: AbortSignal): ResponseError<void> {
  if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, 'The check was stopped.');
  return new ResponseError(ErrorCodes.InternalError, error instanceof Error ? error.message : String(error));
}
