import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { NO_SAVINGS } from '../../batch/cost/cache-savings';
import { bundledModels } from '../../batch/cost/models';
import { NO_ESTIMATE } from '../../batch/cost/totals';
import { CreateBody } from '../../files/create-body';
import type { FileCheck } from '../../files/file-check';
import { type BatchesApi, createBatchesApi } from '../../runs/batches-api';
import type { Clock } from '../../runs/clock';
import { type Journal, openJournal } from '../../runs/journal';
import type { Run } from '../../runs/run';
import { canceled } from '../../runs/run-error';
import type { Submission } from '../../runs/send';
import { type SubmitOptions, submitRun } from '../../runs/submit';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/server';

export const MODELS = bundledModels;
export const VERSION = '2026-10-21';

/** A folder, a journal and a sandbox of a test's own; they are gone after it. */
export interface World {
  readonly folder: string;
  readonly journal: Journal;
  readonly sandbox: Sandbox;
  readonly api: BatchesApi;
  /** Writes a batch file with these ids and returns its path. */
  write(ids: readonly string[], name?: string): Promise<string>;
  /** Submits a file as a face does. */
  submit(source: string, options?: Partial<SubmitOptions>): Promise<Submission>;
  /** Submits a new file and ends its batch. */
  ended(ids: readonly string[]): Promise<Run>;
  /** Requests that arrived: `POST /v1/messages/batches`. */
  arrived(method: string, path: string): number;
}

/** Batches run until the test ends them, unless `options` says otherwise. */
export async function newWorld(t: TestContext, options: SandboxOptions = {}): Promise<World> {
  const folder = await newFolder(t);
  const sandbox = await startSandbox({ processingMs: Infinity, cancelMs: Infinity, ...options });
  t.after(() => sandbox.close());
  const journal = await openJournal(path.join(folder, 'state'));
  const api = apiOf(sandbox.url, sandbox.token);
  const world: World = {
    folder,
    journal,
    sandbox,
    api,
    async write(ids, name = 'tickets.batch.jsonl') {
      const source = path.join(folder, name);
      await writeFile(source, ids.map((id) => `${requestLine(id)}\n`).join(''));
      return source;
    },
    async submit(source, more = {}) {
      const draft = { source, sandbox: false, key: { name: 'test', tail: 'x4f2' } };
      return submitRun({ draft, check: more.check ?? (await checkOf(source)), models: MODELS, api, journal, ...more });
    },
    async ended(ids) {
      const { run } = await world.submit(await world.write(ids));
      await sandbox.end(run.batch?.id ?? '');
      const { batch } = await api.retrieve(run.batch?.id ?? '');
      return journal.update(run.id, { state: 'ended', batch });
    },
    arrived: (method, wanted) =>
      sandbox.requests.filter((request) => request.method === method && request.path.split('?')[0] === wanted).length,
  };
  return world;
}

export async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'message-batches-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function apiOf(baseUrl: string, apiKey: string): BatchesApi {
  return createBatchesApi({ baseUrl, auth: { apiKey }, apiVersion: VERSION, betas: [] });
}

export function requestLine(customId: string, text = 'Say hello.'): string {
  const params = { model: 'claude-haiku-4-5', max_tokens: 16, messages: [{ role: 'user', content: text }] };
  return JSON.stringify({ custom_id: customId, params });
}

/** What a check of this file says as far as a submission reads it. */
export async function checkOf(source: string): Promise<FileCheck> {
  const body = new CreateBody();
  const text = await readFile(source);
  const sha256 = createHash('sha256').update(body.push(text)).update(body.end()).digest('hex');
  return {
    kind: 'batch',
    requests: body.requests,
    bytes: body.bytes,
    sha256,
    size: text.length,
    mtimeMs: 0,
    problems: [],
    omitted: 0,
    counts: { error: 0, warning: 0, information: 0, hint: 0 },
    refusedLines: [],
    refusedAtCreate: false,
    sizeErrors: 0,
    estimate: NO_ESTIMATE,
    models: [],
    caching: NO_SAVINGS,
    judgedBy: { apiVersion: VERSION, betas: [], models: MODELS.date, settings: null, hash: 'c0ffee' },
  };
}

/** A clock that stands still until somebody sleeps, and then jumps. */
export function jumpingClock(): Clock & { readonly sleeps: number[] } {
  const sleeps: number[] = [];
  const clock = {
    sleeps,
    time: Date.now(),
    now: () => clock.time,
    instant: () => ({ at: new Date(clock.time).toISOString(), uptimeMs: clock.time, boot: 'test' }),
    async sleep(ms: number, signal?: AbortSignal) {
      await new Promise(setImmediate);
      if (signal?.aborted) throw canceled();
      sleeps.push(ms);
      clock.time += ms;
    },
  };
  return clock;
}

export function manyIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `ticket-${i}`);
}
