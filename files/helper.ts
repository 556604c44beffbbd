import { Worker } from 'node:worker_threads';
import type { Context } from '../batch/context';
import type { LineRange } from './line-ranges';
import { type PlainContext, plainContext } from './plain-context';
import type { JudgedRange } from './range-judge';

/** What a helper is told: by what to judge ranges of an open file, one of those, and that the job is over. */
export type HelperTask =
  | { readonly job: number; readonly file: number; readonly context: PlainContext; readonly limit: number }
  | { readonly job: number; readonly range: LineRange }
  | { readonly job: number; readonly over: true };

/** What it answers to a range. */
export type HelperAnswer = { readonly judged: JudgedRange | undefined } | { readonly error: Error };

/** Ranges that wait at a helper, with the one it is judging, so that it is never idle. */
const MOST_WAITING = 3;

/** A second thread that judges lines for one that checks a file. It is started when it is first needed. */
export class Helper {
  #worker: Worker | undefined;
  #jobs = 0;
  readonly #waiting: { resolve(judged: JudgedRange | undefined): void; reject(error: Error): void }[] = [];

  /** `file` is the script of the thread. */
  constructor(private readonly file: string) {}

  /** Begins a job, whose ranges are all of one open file, by its descriptor, and judged by the same. */
  begin(file: number, context: Context, limit: number): HelperJob {
    const job = this.#jobs++;
    this.#tell({ job, file, context: plainContext(context), limit });
    const isFree = () => this.#waiting.length < MOST_WAITING;
    return {
      get isFree() {
        return isFree();
      },
      judge: (range) =>
        new Promise((resolve, reject) => {
          this.#waiting.push({ resolve, reject });
          this.#tell({ job, range });
        }),
      end: () => this.#tell({ job, over: true }),
    };
  }

  close(): void {
    void this.#worker?.terminate();
  }

  #tell(task: HelperTask): void {
    this.#worker ??= this.#start();
    // Only while it owes an answer does it keep the process alive.
    if (this.#waiting.length > 0) this.#worker.ref();
    this.#worker.postMessage(task);
  }

  #start(): Worker {
    const worker = new Worker(this.file);
    worker.unref();
    worker.on('message', (answer: HelperAnswer) => {
      const asked = this.#waiting.shift();
      if ('error' in answer) asked?.reject(answer.error);
      else asked?.resolve(answer.judged);
      if (this.#waiting.length === 0) worker.unref();
    });
    worker.on('error', (error) => this.#ended(error));
    worker.on('exit', () => this.#ended(new Error('The thread that helped to check a file has ended.')));
    return worker;
  }

  #ended(error: Error): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** Ranges of one open file that a helper judges. */
export interface HelperJob {
  /** A range that is given now will be judged soon. */
  readonly isFree: boolean;
  /** As `RangeJudge.judge`. The file stays open until it is settled. */
  judge(range: LineRange): Promise<JudgedRange | undefined>;
  end(): void;
}
