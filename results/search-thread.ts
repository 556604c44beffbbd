import { Worker } from 'node:worker_threads';
import type { Pattern } from './search';

export interface SearchTask {
  readonly paths: readonly string[];
  readonly pattern: Pattern;
}

/** What the thread tells: how far it is and for how many ms it matched, or the numbers of the lines it found, by file. */
export type SearchNews =
  | { readonly done: number; readonly matchedFor: number }
  | { readonly lines: readonly (readonly number[])[] }
  | { readonly problem: string };

export interface SearchOptions {
  /** The script of the thread. */
  readonly script: string;
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** How long matching may take in all, reading not counted. */
  readonly limitMs?: number;
}

/** A regular expression that someone typed may take forever. */
const LIMIT_MS = 2000;

/**
 * Looks through all rows of results files on a thread of its own, which is ended when it takes too long. Returns the
 * 0-based numbers of the lines that match, by file. Throws `SearchError`, or the signal's reason.
 */
export function searchRows(
  task: SearchTask,
  { script, signal, onProgress, limitMs = LIMIT_MS }: SearchOptions,
): Promise<readonly ReadonlySet<number>[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: task });
    let timer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      void worker.terminate();
      settle();
    };
    const fail = (message: string): void => end(() => reject(new SearchError(message)));
    const stop = (): void => end(() => reject(signal?.reason));
    // What the thread has matched for is known after each chunk; what follows may be the one that never ends.
    const watch = (matchedFor: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(TOO_SLOW), limitMs - matchedFor);
    };
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) return stop();
    worker.once('online', () => watch(0));
    worker.once('error', ({ message }) => fail(message));
    worker.on('message', (news: SearchNews) => {
      if ('problem' in news) fail(news.problem);
      else if ('lines' in news) end(() => resolve(news.lines.map((lines) => new Set(lines))));
      else {
        watch(news.matchedFor);
        onProgress?.(news.done);
      }
    });
  });
}

const TOO_SLOW = 'The regular expression takes too long: make it simpler, or look for plain text.';

/** The search has no answer: the pattern is no regular expression or takes too long, or a file cannot be read. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
}
