import type { Connection } from 'vscode-languageserver';
import { NO_SAVINGS } from '../../../batch/cost/cache-savings';
import { NO_ESTIMATE } from '../../../batch/cost/totals';
import type { FileCheck } from '../../../files/file-check';
import type { BatchDocument } from '../documents';
import { notify } from '../messages';
import { type FileSummary, SummaryChanged } from '../protocol';

/** A pause in typing this long, in ms, is worth the sums over a whole file. */
const PAUSE = 150;

/** Tells the client what the files are and cost, each time that it has changed. */
export class Summaries {
  /** JSON of what the client was told, by URI. */
  readonly #told = new Map<string, string>();
  readonly #due = new Map<string, NodeJS.Timeout>();

  constructor(private readonly connection: Connection) {}

  /** Tells of an open document as soon as nothing more of it changes. */
  schedule(document: BatchDocument): void {
    clearTimeout(this.#due.get(document.uri));
    const tell = (): void => this.tell(document.uri, summaryOf(document));
    this.#due.set(document.uri, setTimeout(tell, this.#told.has(document.uri) ? PAUSE : 0));
  }

  /** `null` where there is nothing to say of it any more. */
  tell(uri: string, summary: FileSummary | null): void {
    clearTimeout(this.#due.get(uri));
    this.#due.delete(uri);
    const said = JSON.stringify(summary);
    if (said === (this.#told.get(uri) ?? 'null')) return;
    if (summary) this.#told.set(uri, said);
    else this.#told.delete(uri);
    notify(this.connection, SummaryChanged, { uri, summary });
  }

  /** Nothing will be told any more. */
  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
  }
}

/** The summary of a check from disk that ended at `at` (ms since 1970). */
export function summaryOfCheck(check: FileCheck, at: number): FileSummary | null {
  if (check.kind === 'none') return null;
  const { kind, requests, bytes, counts, estimate, models, caching, judgedBy } = check;
  return { kind, requests, bytes, counts, estimate, models, caching, judgedBy, checkedFromDiskAt: at };
}

function summaryOf(document: BatchDocument): FileSummary | null {
  const { kind, file, judgement } = document;
  if (!judgement || kind === 'none') return null;
  return {
    kind,
    requests: file?.requests ?? 0,
    bytes: file?.bytes ?? 0,
    counts: document.problems().counts,
    estimate: file?.estimate() ?? NO_ESTIMATE,
    models: file?.models() ?? [],
    caching: file?.caching() ?? NO_SAVINGS,
    judgedBy: judgement.judgedBy,
    checkedFromDiskAt: null,
  };
}
