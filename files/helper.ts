import { Worker } from 'node:worker_threads';
import type { Context } from '../batch/context';
import type { JudgedLines, Lines } from './judge-lines';
import { type PlainContext, plainContext } from './plain-context';

/** What a helper is told: by what to judge the lines of a job, lines of it, and that it is over. */
export type HelperTask =
  | { readonly job: number; readonly context: PlainContext; readonly limit: number }
  | { readonly job: number; readonly lines: Lines }
  | { readonly job: number; readonly over: true };

/** What it answers to lines. Their memory comes back with it. */
export interface HelperAnswer {
  readonly judged: JudgedLines;
  readonly bytes: Uint8Array;
}

/** Lines that wait at a helper, beside those it is judging, so that it is never idle. */
const MOST_WAITING = 4;

/** A second thread that judges lines for one that checks a file. It is started when it is first needed. */
export class Helper {
  #worker: Worker | undefined;
  #jobs = 0;
  readonly #waiting: { resolve(answer: HelperAnswer): void; reject(error: Error): void }[] = [];

  /** `file` is the script of the thread. */
  constructor(private readonly file: string) {}

  /** Lines that are given now will be judged soon. */
  get isFree(): boolean {
    return this.#waiting.length < MOST_WAITING;
  }

  /** Begins a job, whose lines are all judged by the same. */
  begin(context: Context, limit: number): HelperJob {
    const job = this.#jobs++;
    this.#tell({ job, context: plainContext(context), limit });
    return {
      judge: (lines) =>
        new Promise((resolve, reject) => {
          this.#waiting.push({ resolve, reject });
          this.#tell({ job, lines }, [lines.bytes.buffer as ArrayBuffer]);
        }),
      end: () => this.#tell({ job, over: true }),
    };
  }

  close(): void {
    void this.#worker?.terminate();
  }

  #tell(task: HelperTask, transferred: readonly ArrayBuffer[] = []): void {
    this.#worker ??= this.#start();
    // Only while it owes an answer does it keep the process alive.
    if (this.#waiting.length > 0) this.#worker.ref();
    this.#worker.postMessage(task, transferred);
  }

  #start(): Worker {
    const worker = new Worker(this.file);
    worker.unref();
    worker.on('message', (answer: HelperAnswer) => {
      this.#waiting.shift()?.resolve(answer);
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

/** Lines of one file that a helper judges. */
export interface HelperJob {
  /** The lines' memory is the helper's until the answer brings it back. */
  judge(lines: Lines): Promise<HelperAnswer>;
  end(): void;
}
