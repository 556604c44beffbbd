import { parentPort } from 'node:worker_threads';
import { LineJudge } from '../batch/line-judge';
import { checkFile } from './check-file';
import type { CheckNews, CheckTask } from './check-thread';
import { Helper, type HelperAnswer, type HelperTask } from './helper';
import { judgeLines } from './judge-lines';
import { contextOf } from './plain-context';

/** The thread behind `CheckThread`, which checks whole files, and behind `Helper`, which judges some of their lines. */
const stops = new Map<number, AbortController>();
const jobs = new Map<number, { readonly judge: LineJudge; readonly limit: number }>();
const helper = new Helper(__filename);

parentPort?.on('message', (task: CheckTask | HelperTask) => {
  if ('path' in task) void check(task);
  else if ('stop' in task) stops.get(task.stop)?.abort();
  else help(task);
});

async function check({ check, context, path, ...options }: Extract<CheckTask, { path: string }>): Promise<void> {
  const tell = (news: CheckNews) => parentPort?.postMessage(news);
  const stop = new AbortController();
  stops.set(check, stop);
  const onProgress = (progress: number, total: number) => tell({ check, progress, total });
  try {
    const result = await checkFile(path, {
      ...options,
      context: contextOf(context),
      helper,
      signal: stop.signal,
      onProgress,
    });
    tell({ check, result });
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    tell({ check, error: { name, message, code } });
  } finally {
    stops.delete(check);
  }
}

function help(task: HelperTask): void {
  const job = jobs.get(task.job);
  if ('context' in task) jobs.set(task.job, { judge: new LineJudge(contextOf(task.context)), limit: task.limit });
  else if ('over' in task) jobs.delete(task.job);
  else if (job) {
    const { bytes } = task.lines;
    const answer: HelperAnswer = { judged: judgeLines(task.lines, job.judge, job.limit), bytes };
    parentPort?.postMessage(answer, [bytes.buffer as ArrayBuffer]);
  }
}
