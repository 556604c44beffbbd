import type { MessagePort, Worker } from 'node:worker_threads';
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

/** The way to another thread: a worker, or a port, which closes when the thread at its other end ends. */
export type Line = Worker | MessagePort;

/** A second thread that judges lines for one that checks a file. */
export class Helper {
  #line: Line | undefined;
  #jobs = 0;
  readonly #waiting: { resolve(judged: JudgedRange | undefined): void; reject(error: Error): void }[] = [];

  /** `connect` makes the way to the thread when it is first needed, and again where that has ended. */
  constructor(private readonly connect: () => Line | undefined) {}

  /** Begins a job, whose ranges are all of one open file, by its descriptor, and judged by the same; undefined where no thread helps. */
  begin(file: number, context: Context, limit: number): HelperJob | undefined {
    this.#line ??= this.#connected();
    if (!this.#line) return undefined;
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

  #tell(task: HelperTask): void {
    // Only while it owes an answer does it keep the process alive.
    if (this.#waiting.length > 0) this.#line?.ref();
    this.#line?.postMessage(task);
  }

  #connected(): Line | undefined {
    const line = this.connect() as Worker | undefined;
    line?.unref();
    line?.on('message', (answer: HelperAnswer) => {
      const asked = this.#waiting.shift();
      if ('error' in answer) asked?.reject(answer.error);
      else asked?.resolve(answer.judged);
      if (this.#waiting.length === 0) line.unref();
    });
    line?.on('error', (error) => this.#ended(error));
    for (const end of ['exit', 'close'])
      line?.on(end, () => this.#ended(new Error('The thread that helped to check a file has ended.')));
    return line;
  }

  #ended(error: Error): void {
    this.#line = undefined;
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
