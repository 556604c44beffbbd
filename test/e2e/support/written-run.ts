import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readStage } from './stage';

/** One request and what came back for it. */
export interface Pair {
  readonly id: string;
  /** Beside model, bound and messages. */
  readonly params?: object;
  readonly result: object;
}

/** A success of this text. */
export function answered(text: string, more: object = {}): object {
  const usage = { input_tokens: 40, output_tokens: 9 };
  const content = [{ type: 'text', text }];
  const message = { model: 'claude-haiku-4-5', content, stop_reason: 'end_turn', usage, ...more };
  return { type: 'succeeded', message };
}

export function errored(type: string, message: string): object {
  return { type: 'errored', error: { type: 'error', error: { type, message } } };
}

/** Writes a batch file `NAME.batch.jsonl` and, beside it, the results of its run; the API answers in whatever order. */
export function writeRun(name: string, pairs: readonly Pair[]): void {
  const messages = [{ role: 'user', content: 'Classify: my card was charged twice.' }];
  const usual = { model: 'claude-haiku-4-5', max_tokens: 99, messages };
  writeRows(
    `${name}.batch.jsonl`,
    pairs.map(({ id, params }) => ({ custom_id: id, params: { ...usual, ...params } })),
  );
  const results = pairs.map(({ id, result }) => ({ custom_id: id, result }));
  writeRows(resultsOf(name), results.reverse());
}

/** What the results file of such a run is called. */
export const resultsOf = (name: string): string => `${name}.20261120T2104Z.results.jsonl`;

/** A file of the folder that is open. */
export const inFolder = (name: string): string => path.join(readStage().samples, name);
export const read = (name: string): string => readFileSync(inFolder(name), 'utf8');

function writeRows(name: string, rows: readonly object[]): void {
  writeFileSync(inFolder(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
