import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Context } from '../batch/context';
import { ModelTable } from '../batch/cost/models';
import type { CheckOptions } from './check-file';
import type { FileCheck, JudgedBy } from './file-check';

/** As `checkFile`'s, without what cannot cross to another thread. */
export type WorkerCheckOptions = Omit<CheckOptions, 'onLine'>;

/** What the worker is started with. */
export interface CheckJob {
  readonly path: string;
  readonly context: Omit<Context, 'models'> & {
    readonly models: Pick<ModelTable, 'models' | 'date' | 'batchFactor' | 'usInferenceFactor'>;
  };
  readonly judgedBy: JudgedBy;
  readonly limit: number;
  readonly asBatch: boolean;
}

/** What the worker says: how far it is, and in the end one of the others. */
export type CheckNews =
  | { readonly progress: number; readonly total: number }
  | { readonly check: FileCheck }
  | { readonly error: { readonly name: string; readonly message: string; readonly code: string | undefined } };

/** Checks a file as `checkFile` does, on a thread of its own: the caller's stays free, and a stop takes effect at once. */
export function checkInWorker(
  path: string,
  { context, judgedBy, limit, asBatch = false, signal, onProgress }: WorkerCheckOptions,
  workerFile = join(__dirname, 'check-worker.js'),
): Promise<FileCheck> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const { models, date, batchFactor, usInferenceFactor } = context.models;
    const job: CheckJob = {
      path,
      context: { ...context, models: { models, date, batchFactor, usInferenceFactor } },
      judgedBy,
      limit,
      asBatch,
    };
    const worker = new Worker(workerFile, { workerData: job });
    const stop = () => {
      reject(signal?.reason);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (news: CheckNews) => {
      if ('progress' in news) onProgress?.(news.progress, news.total);
      else if ('check' in news) resolve(news.check);
      else reject(Object.assign(new Error(news.error.message), news.error));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      // After an answer this changes nothing; without one it says why there is none.
      reject(new Error(`The check of ${path} ended without a result (${code}).`));
    });
  });
}

/** The context as it was before it crossed to the worker. */
export function contextOf({
  models: { models, date, batchFactor, usInferenceFactor },
  ...rest
}: CheckJob['context']): Context {
  return { ...rest, models: new ModelTable(models, date, batchFactor, usInferenceFactor) };
}
