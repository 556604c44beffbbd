import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROCESSING_WINDOW_HOURS } from '../batch/limits';
import { type Batch, canceledEnd, naturalEnd } from './batch-state';
import type { Ending, SandboxOptions } from './options';
import { Refusal } from './refusal';
import { createRequestsFile, type RequestsFile } from './requests-file';
import { exceptionsOf } from './row-faults';
import { writeResults } from './rows';

/** A person sees it run, and does not wait for it. */
const PROCESSING_MS = 6_000;
const CANCEL_MS = 2_000;

/** More than a timer takes; beyond it nothing ends by itself. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** All batches of one sandbox, with what they spilled to disk, and the clock that ends them. */
export class Batches {
  readonly #batches = new Map<string, Batch>();
  readonly #closing = new AbortController();
  readonly #processingMs: number;
  #created = 0;

  private constructor(
    readonly folder: string,
    readonly options: SandboxOptions,
  ) {
    this.#processingMs = options.processingMs ?? PROCESSING_MS;
  }

  static async open(options: SandboxOptions): Promise<Batches> {
    return new Batches(await mkdtemp(path.join(tmpdir(), 'message-batches-sandbox-')), options);
  }

  /** Where the requests of a batch go before it is known whether there will be one. */
  newRequests(): Promise<RequestsFile> {
    return createRequestsFile(path.join(this.folder, `${randomBytes(12).toString('hex')}.requests`));
  }

  add(requests: RequestsFile, headers: { apiVersion: string; betas: readonly string[] }): Batch {
    const createdAt = Date.now();
    const windowMs = this.options.windowMs ?? PROCESSING_WINDOW_HOURS * 3_600_000;
    const batch: Batch = {
      id: `msgbatch_sandbox_${randomBytes(12).toString('hex')}`,
      number: ++this.#created,
      requests,
      ...headers,
      createdAt,
      expiresAt: createdAt + windowMs,
      cancelAt: null,
      archivedAt: null,
      ending: null,
      ended: null,
      timer: null,
    };
    this.#batches.set(batch.id, batch);
    const { afterMs, how } = naturalEnd(batch, this.#processingMs);
    this.#endAfter(batch, afterMs, how);
    return batch;
  }

  /** Throws a `Refusal` for an unknown id. */
  get(id: string): Batch {
    const batch = this.#batches.get(id);
    if (!batch) throw new Refusal(404, `Message Batch ${id} not found.`);
    return batch;
  }

  /** Newest first. */
  all(): Batch[] {
    return [...this.#batches.values()].reverse();
  }

  /** One that has ended, or is being canceled, stays as it is. */
  cancel(id: string): Batch {
    const batch = this.get(id);
    if (batch.ending || batch.cancelAt !== null) return batch;
    batch.cancelAt = Date.now();
    this.#endAfter(batch, this.options.cancelMs ?? CANCEL_MS, canceledEnd(batch, this.#processingMs));
    return batch;
  }

  async remove(id: string): Promise<void> {
    const batch = this.get(id);
    if (!batch.ended) {
      throw new Refusal(400, 'In progress batches cannot be deleted. Consider canceling the batch instead.');
    }
    this.#batches.delete(id);
    await batch.requests.remove();
    await rm(batch.ended.resultsPath, { force: true });
  }

  /** Ends a batch now. One that is ending already ends as it was going to. */
  async end(batch: Batch, how: Ending = this.#howItEnds(batch)): Promise<void> {
    batch.ending ??= this.#finish(batch, how);
    await batch.ending;
  }

  /** What happens to results after 29 days. Throws a `Refusal` for a batch that has not ended. */
  archive(id: string): Batch {
    const batch = this.get(id);
    if (!batch.ended) throw new Refusal(400, `Message Batch ${id} has not ended.`);
    batch.archivedAt = Date.now();
    return batch;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const batch of this.#batches.values()) {
      if (batch.timer) clearTimeout(batch.timer);
      await batch.ending;
      await batch.requests.remove();
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  #howItEnds(batch: Batch): Ending {
    if (batch.cancelAt !== null) return canceledEnd(batch, this.#processingMs);
    return { answered: batch.requests.count(), rest: 'expired' };
  }

  #endAfter(batch: Batch, ms: number, how: Ending): void {
    if (batch.timer) clearTimeout(batch.timer);
    batch.timer = ms > LONGEST_TIMER_MS ? null : setTimeout(() => void this.end(batch, how), ms);
  }

  async #finish(batch: Batch, how: Ending): Promise<void> {
    if (batch.timer) clearTimeout(batch.timer);
    const resultsPath = path.join(this.folder, `${batch.id}.results`);
    try {
      const exceptions = exceptionsOf(this.options, batch.number);
      const counts = await writeResults(batch, resultsPath, { how, exceptions, signal: this.#closing.signal });
      batch.ended = { at: Date.now(), counts, resultsPath };
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    }
  }
}
