import { parentPort, workerData } from 'node:worker_threads';
import { matchedIds } from './match-ids';
import { misfitsIn } from './misfits';
import { searchFiles } from './search-files';
import type { Found, News, Task, Tell } from './task';

/** The thread behind `on-thread.ts`: one task, then it ends. */
const post = (news: News): void => parentPort?.postMessage(news);

function work(task: Task, tell: Tell): Promise<Found[Task['kind']]> | Found[Task['kind']] {
  switch (task.kind) {
    case 'search':
      return searchFiles(task, tell);
    case 'misfits':
      return misfitsIn(task, tell);
    case 'ids':
      return matchedIds(task);
  }
}

async function main(): Promise<void> {
  const found = await work(workerData as Task, (done, matchedFor) => post({ done, matchedFor }));
  post({ found });
}

void main().catch((error: Error) => post({ problem: error.message }));
