import { parentPort, workerData } from 'node:worker_threads';
import { checkFile } from './check-file';
import { type CheckJob, type CheckNews, contextOf } from './check-in-worker';

/** The thread behind `checkInWorker`: one job, then it ends. */
const { path, context, judgedBy, limit, asBatch } = workerData as CheckJob;
const tell = (news: CheckNews) => parentPort?.postMessage(news);
const onProgress = (progress: number, total: number) => tell({ progress, total });

checkFile(path, { context: contextOf(context), judgedBy, limit, asBatch, onProgress }).then(
  (check) => tell({ check }),
  (error: NodeJS.ErrnoException) => tell({ error: { name: error.name, message: error.message, code: error.code } }),
);
