import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { CheckOptions } from './check-file';
import type { FileCheck } from './file-check';
import { type PlainContext, plainContext } from './plain-context';
import { WORTH_HELP } from './worth-help';

/** As `checkFile`'s, without what cannot cross to another thread. */
export type ThreadCheckOptions = Omit<CheckOptions, 'onLine' | 'helper'>;

/** What the thread is told: to check a file, under a number, to stop that, and the way to another thread that helps. */
export type CheckTask =
  | (Omit<ThreadCheckOptions, 'context' | 'signal' | 'onProgress'> & {
      readonly check: number;
      readonly path: string;
      readonly context: PlainContext;
    })
  | { readonly stop: number }
  | { readonly helper: MessagePort };

/** What a thread that helps is started with. */
export interface HelperData {
  readonly asker: MessagePort;
}

/** What it says of a check: how far it is, and in the end one of the others. */
export type CheckNews = { readonly check: number } & (
  | { readonly progress: number; readonly total: number }
  | { readonly result: FileCheck }
  | { readonly error: { readonly name: string; readonly message: string; readonly code: string | undefined } }
);

/** So long, in ms, does the thread stay for another check: it has warmed up, and is given back when nobody comes. */
const IDLE_MS = 60_000;

/** Checks files on a thread of its own, started when it is first needed: the caller's stays free. */
export class CheckThread {
  #worker: Worker | undefined;
  #helper: Worker | undefined;
  #checks = 0;
  #idle: NodeJS.Timeout | undefined;
  readonly #running = new Map<number, (news: CheckNews) => void>();

  /** `file` is the script of the thread. */
  constructor(private readonly file = join(__dirname, 'check-worker.js')) {}

  /** As `checkFile`. A stop takes effect at once. */
  async check(
    path: string,
    { context, judgedBy, limit, asBatch = false, hashed = false, signal, onProgress }: ThreadCheckOptions,
  ): Promise<FileCheck> {
    const size = await sizeOf(path);
    signal?.throwIfAborted();
    // Both threads are started at once: each takes some time until it is ready.
    if (size > WORTH_HELP) this.#addHelper();
    const check = this.#checks++;
    const stop = (): void => this.#tell({ stop: check });
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        this.#running.set(check, (news) => {
          if ('progress' in news) onProgress?.(news.progress, news.total);
          else if ('result' in news) resolve(news.result);
          else reject(Object.assign(new Error(news.error.message), news.error));
        });
        this.#tell({ check, path, context: plainContext(context), judgedBy, limit, asBatch, hashed });
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#running.delete(check);
      this.#rest();
    }
  }

  #tell(task: CheckTask, transferred: readonly MessagePort[] = []): void {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    this.#worker.ref();
    this.#worker.postMessage(task, transferred);
  }

  #addHelper(): void {
    if (this.#helper) return;
    const { port1: asker, port2: helper } = new MessageChannel();
    const data: HelperData = { asker };
    const worker = new Worker(this.file, { workerData: data, transferList: [asker] });
    worker.unref();
    worker.on('error', () => worker.terminate());
    worker.on('exit', () => {
      if (this.#helper === worker) this.#helper = undefined;
    });
    this.#helper = worker;
    this.#tell({ helper }, [helper]);
  }

  #start(): Worker {
    const worker = new Worker(this.file);
    worker.on('message', (news: CheckNews) => this.#running.get(news.check)?.(news));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', (code) => this.#ended(worker, new Error(`The thread that checks files ended (${code}).`)));
    return worker;
  }

  /** What runs has no result any more; the next check gets another thread. */
  #ended(worker: Worker, { name, message }: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#endHelper();
    for (const [check, tell] of this.#running) tell({ check, error: { name, message, code: undefined } });
  }

  #rest(): void {
    if (this.#running.size > 0) return;
    this.#worker?.unref();
    this.#idle = setTimeout(() => {
      void this.#worker?.terminate();
      this.#worker = undefined;
      this.#endHelper();
    }, IDLE_MS).unref();
  }

  #endHelper(): void {
    void this.#helper?.terminate();
    this.#helper = undefined;
  }
}

/** In bytes; what cannot be read is told of by who reads it. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}
