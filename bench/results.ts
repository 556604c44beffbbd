import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { bundledModels } from '../batch/cost/models';
import { createBatchesApi } from '../runs/batches-api';
import { downloadResults } from '../runs/download';
import { openResults, openScanned } from '../runs/results-index';
import { inProcesses } from './in-processes';
import { timed } from './median';
import type { Row } from './row';
import { withLocalApi } from './with-local-api';

/** Results from a local server to disk and indexed, as a run fetches them and a view opens them. */
export async function measureResults(folder: string, rows: number): Promise<Row[]> {
  const [large, small] = [`${folder}/large.results.jsonl`, `${folder}/small.results.jsonl`];
  const megabytes = writeResults(large, rows) / 1e6;
  writeResults(small, 1000);
  const target = `${folder}/fetched.results.jsonl`;
  const { naive, ours } = await withLocalApi(large, (url) =>
    inProcesses(3, { naive: ['fetch-into-map', url, target], ours: ['fetch', url, target, String(rows)] }),
  );
  const { ofSmall } = await withLocalApi(small, (url) => inProcesses(1, { ofSmall: ['fetch', url, target, '1000'] }));
  const { lookups } = await inProcesses(3, { lookups: ['look-up', large, String(rows)] });
  return [
    {
      what: `${rows.toLocaleString('en-US')} results to disk and indexed`,
      yardstick: 'readline, JSON.parse, a Map, and write',
      value: ours.ms / naive.ms,
      unit: '×',
      reach: { most: 0.35 },
      note: `${Math.round(megabytes)} MB; ${Math.round(ours.ms)} ms, the other ${Math.round(naive.ms)} ms`,
    },
    {
      what: 'its memory',
      yardstick: 'its own for 1,000 results',
      value: (ours.peak - ofSmall.peak) / 1e6,
      unit: 'MB',
      reach: { most: 120 },
      note: `peak ${Math.round(ours.peak / 1e6)} MB, the other ${Math.round(naive.peak / 1e6)} MB`,
    },
    {
      what: 'look-ups of one result by id',
      yardstick: '',
      value: (LOOKUPS / lookups.ms) * 1000,
      unit: 'a second',
      reach: { least: 50_000 },
      note: 'read from disk and parsed each time',
    },
  ];
}

const LOOKUPS = 50_000;

/** The case: from the call to an index that a row can be looked up in. Milliseconds. */
export async function fetchResults(baseUrl: string, target: string, rows: string): Promise<number> {
  await rm(target, { force: true });
  const api = createBatchesApi({ baseUrl, auth: { apiKey: 'sk-ant-bench' }, apiVersion: '2026-10-21', betas: [] });
  const options = { api, batchId: 'msgbatch_1', rows: Number(rows), target, like: target, models: bundledModels };
  return timed(async () => {
    const { scan } = await downloadResults(options);
    const results = openScanned(target, scan);
    if (results.size !== Number(rows)) throw new Error(`${results.size} results, not ${rows}`);
    results.close();
  });
}

/** The yardstick: milliseconds until every row is written and in a Map. */
export async function fetchIntoMap(url: string, target: string): Promise<number> {
  return timed(async () => {
    const { body } = await fetch(url);
    const file = createWriteStream(target);
    const byId = new Map<string, unknown>();
    for await (const line of createInterface({ input: Readable.fromWeb(body as ReadableStream) })) {
      const value = JSON.parse(line);
      byId.set(value.custom_id, value);
      if (!file.write(`${line}\n`)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'finish');
  });
}

/** The case: milliseconds for `LOOKUPS` rows all over the file. */
export async function lookUp(path: string, rows: string): Promise<number> {
  const results = await openResults(path);
  const ms = await timed(() => {
    for (let i = 0; i < LOOKUPS; i++) results.get(`request-${(i * 7919) % Number(rows)}`);
  });
  results.close();
  return ms;
}

/** Returns its size in bytes. */
function writeResults(path: string, rows: number): number {
  const text = Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join('');
  writeFileSync(path, text);
  return text.length;
}

function row(i: number): string {
  const message = {
    model: 'claude-haiku-4-5',
    id: `msg_${i}`,
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: `Answer ${i} to a question. `.repeat(20 + (i % 40)) }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 300 + (i % 100),
      output_tokens: 99,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
    },
  };
  return JSON.stringify({ custom_id: `request-${i}`, result: { type: 'succeeded', message } });
}
