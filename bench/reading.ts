import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bundledModels } from '../batch/cost/models';
import { firstWords } from '../results/answer-text';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../results/query';
import { ResultsTable } from '../results/results-table';
import { searchRows } from '../results/thread/on-thread';
import { inProcesses } from './in-processes';
import { timed } from './median';
import type { Row } from './row';

/** What a table of results costs: 100,000 of them in 150 MB, as the results view opens and filters them. */
export async function measureReading(folder: string, rows: number): Promise<Row[]> {
  const [large, small] = [`${folder}/reading.results.jsonl`, `${folder}/one.results.jsonl`];
  const megabytes = writeRows(large, rows) / 1e6;
  writeRows(small, 1);
  const { naive, text, expression, table, first, block } = await inProcesses(3, {
    naive: ['parse-rows', large],
    text: ['search-text', large],
    expression: ['search-expression', large],
    table: ['open-table', large],
    first: ['first-rows', large],
    block: ['longest-block', large],
  });
  const { ofOne } = await inProcesses(1, { ofOne: ['open-table', small] });
  const size = `${Math.round(megabytes)} MB`;
  return [
    ratio(`a text searched in all of ${rows.toLocaleString('en-US')} results`, text.ms / naive.ms, 1.5, size),
    ratio('the same for a regular expression', expression.ms / naive.ms, 1.5, size),
    ratio('the whole table read', table.ms / naive.ms, 1.5, `${Math.round(table.ms)} ms`),
    {
      what: 'its memory',
      yardstick: 'its own for one result',
      value: (table.peak - ofOne.peak) / 1e6,
      unit: 'MB',
      reach: { most: 150 },
      note: 'the most that the process ever held',
    },
    alone('first rows of it', first.ms, 300, 'from the call until 50 rows are in words'),
    alone('longest block of the thread meanwhile', block.ms, 100, 'reading, sorting and filtering'),
  ];
}

function ratio(what: string, value: number, most: number, note: string): Row {
  return { what, yardstick: 'readline and JSON.parse', value, unit: '×', reach: { most }, note };
}

function alone(what: string, value: number, most: number, note: string): Row {
  return { what, yardstick: '', value, unit: 'ms', reach: { most }, note };
}

/** The yardstick: every line read and parsed. */
export async function parseRows(file: string): Promise<number> {
  return timed(async () => {
    for await (const line of createInterface({ input: createReadStream(file) })) JSON.parse(line);
  });
}

export const searchText = (file: string): Promise<number> => search(file, 'Answer 9999', false);
export const searchExpression = (file: string): Promise<number> => search(file, 'answer \\d+99\\b', true);

async function search(file: string, text: string, isRegex: boolean): Promise<number> {
  const task = { paths: [file], pattern: { text, isRegex, matchCase: false } };
  return timed(async () => {
    const [found] = await searchRows(task, { script: path.join(__dirname, 'results-worker.js'), limitMs: 60_000 });
    if (!found || found.size === 0) throw new Error('Nothing was found.');
  });
}

export async function openResultsTable(file: string): Promise<number> {
  const table = new ResultsTable([file]);
  const ms = await timed(() => table.load({ models: bundledModels }));
  table.close();
  return ms;
}

/** Until the first page of rows is in words. */
export async function firstRows(file: string): Promise<number> {
  const table = new ResultsTable([file]);
  const start = performance.now();
  let ms = Number.NaN;
  await table.load({
    models: bundledModels,
    onProgress: () => {
      if (!Number.isNaN(ms)) return;
      for (const row of table.rows.slice(0, 50)) firstWords(JSON.stringify(table.valueOf(row)));
      ms = performance.now() - start;
    },
  });
  table.close();
  return ms;
}

/** The longest that the thread did nothing else, while the table was read, sorted and filtered. */
export async function longestBlock(file: string): Promise<number> {
  const table = new ResultsTable([file]);
  let [last, longest] = [performance.now(), 0];
  const tick = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await table.load({ models: bundledModels });
  for (const by of ['custom_id', 'tokens'] as const) {
    await new Promise((done) => setTimeout(done, 5));
    orderRows(table, EVERYTHING, { by, descending: true }, () => undefined);
  }
  await new Promise((done) => setTimeout(done, 5));
  orderRows(table, { ...EVERYTHING, outcome: 'failed' }, INPUT_ORDER, () => undefined);
  await new Promise((done) => setTimeout(done, 5));
  clearInterval(tick);
  table.close();
  return longest;
}

/** 1.5 KB each; returns the size in bytes. */
export function writeRows(file: string, rows: number): number {
  const usage = { input_tokens: 300, output_tokens: 99, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const text = Array.from({ length: rows }, (_, i) => {
    const content = [{ type: 'text', text: `Answer ${i}: "quoted", and\nmore. `.repeat(32 + (i % 9)) }];
    const message = {
      model: 'claude-haiku-4-5',
      id: `msg_${i}`,
      role: 'assistant',
      content,
      stop_reason: 'end_turn',
      usage,
    };
    return `${JSON.stringify({ custom_id: `request-${i}`, result: { type: 'succeeded', message } })}\n`;
  }).join('');
  writeFileSync(file, text);
  return text.length;
}
