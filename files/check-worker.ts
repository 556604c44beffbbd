import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { checkFile } from './check-file';
import type { CheckNews, CheckTask, HelperData } from './check-thread';
import { Helper, type HelperAnswer, type HelperTask } from './helper';
import type { LineRange } from './line-ranges';
import { contextOf } from './plain-context';
import { RangeJudge } from './range-judge';

/**
 * The thread behind `CheckThread`, which checks whole files, and behind `Helper`, which judges some of their lines: for who
 * started it, or for who is at the other end of the port that it was started with.
 */
const stops = new Map<number, AbortController>();
const jobs = new Map<number, RangeJudge>();
const asker: MessagePort | null = (workerData as HelperData | null)?.asker ?? parentPort;
/** The way to a helper that was started for this thread. */
const ports: MessagePort[] = [];
const helper = new Helper(() => ports.pop());

/** So often, in ms, is it said how far a check is: whoever is told is woken. */
const PROGRESS_MS = 16;

asker?.on('message', (task: CheckTask | HelperTask) => {
  if ('path' in task) void check(task);
  else if ('stop' in task) stops.get(task.stop)?.abort();
  else if ('helper' in task) ports.push(task.helper);
  else help(task);
});

async function check({ check, context, path, ...options }: Extract<CheckTask, { path: string }>): Promise<void> {
  const tell = (news: CheckNews) => parentPort?.postMessage(news);
  const stop = new AbortController();
  stops.set(check, stop);
  let told = Number.NEGATIVE_INFINITY;
  const onProgress = (progress: number, total: number) => {
    const now = performance.now();
    if (now - told < PROGRESS_MS && progress < total) return;
    told = now;
    tell({ check, progress, total });
  };
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
  if ('context' in task) jobs.set(task.job, new RangeJudge(task.file, contextOf(task.context), task.limit));
  else if ('over' in task) jobs.delete(task.job);
  else asker?.postMessage(answerTo(task));
}

function answerTo({ job, range }: Extract<HelperTask, { range: LineRange }>): HelperAnswer {
  try {
    return { judged: jobs.get(job)?.judge(range) };
  } catch (error) {
    return { error: error as Error };
  }
}
