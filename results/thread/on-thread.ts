import { Worker } from 'node:worker_threads';
import type { Found, IdsTask, MisfitsTask, News, SearchTask, Task } from './task';

export interface ThreadOptions {
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

/** The 0-based numbers of the lines that match, by file. Throws `ThreadError`, or the signal's reason. */
export async function searchRows(
  task: Omit<SearchTask, 'kind'>,
  options: ThreadOptions,
): Promise<readonly ReadonlySet<number>[]> {
  const lines = await onThread({ kind: 'search', ...task }, options);
  return lines.map((found) => new Set(found));
}

/** What is wrong with answers that do not fit, by line and file. Throws `ThreadError`, or the signal's reason. */
export function findMisfits(task: Omit<MisfitsTask, 'kind'>, options: ThreadOptions): Promise<Found['misfits']> {
  return onThread({ kind: 'misfits', ...task }, options);
}

/**
 * Ids without what a regular expression finds in them, such as `^\d{8}-`, by the ids as they are. Throws `ThreadError`, also
 * for a text that is no regular expression, or the signal's reason.
 */
export async function matchIds(
  { customIds, pattern }: Omit<IdsTask, 'kind'>,
  options: ThreadOptions,
): Promise<ReadonlyMap<string, string>> {
  const ids = await onThread({ kind: 'ids', customIds, pattern }, options);
  return new Map(customIds.map((customId, index) => [customId, ids[index] ?? customId]));
}

/** Has a task done on a thread of its own, which is ended when it takes too long. */
function onThread<Kind extends Task['kind']>(
  task: Extract<Task, { readonly kind: Kind }>,
  { script, signal, onProgress, limitMs = LIMIT_MS }: ThreadOptions,
): Promise<Found[Kind]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: task });
    let timer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      void worker.terminate();
      settle();
    };
    const fail = (message: string): void => end(() => reject(new ThreadError(message)));
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
    worker.on('message', (news: News) => {
      if ('problem' in news) fail(news.problem);
      else if ('found' in news) end(() => resolve(news.found as Found[Kind]));
      else {
        watch(news.matchedFor);
        onProgress?.(news.done);
      }
    });
  });
}

const TOO_SLOW = 'The regular expression takes too long: make it simpler, or look for plain text.';

/** There is no answer: a pattern is no regular expression or takes too long, or a file cannot be read. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
}
