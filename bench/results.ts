import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openResults } from '../runs/results-index';
import type { Row } from './main';
import { interleaved } from './median';

/** Results on disk, indexed by custom_id, against reading them all into a Map. */
export async function measureResults(path: string, rows: number): Promise<Row> {
  writeFileSync(path, Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join(''));
  const { ours, yardstick } = await interleaved(
    3,
    async () => (await openResults(path)).close(),
    async () => void (await mapOf(path)),
  );
  const note = `${Math.round(ours)} ms; ${await lookupsPerSecond(path, rows)} look-ups a second`;
  return { what: 'results indexed', yardstick: 'readline, JSON.parse and a Map', ratio: ours / yardstick, note };
}

function row(i: number): string {
  const message = {
    content: [{ type: 'text', text: `Answer ${i} `.repeat(60) }],
    usage: { input_tokens: 9, output_tokens: 99 },
  };
  return JSON.stringify({ custom_id: `request-${i}`, result: { type: 'succeeded', message } });
}

async function mapOf(path: string): Promise<Map<string, unknown>> {
  const byId = new Map<string, unknown>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const value = JSON.parse(line);
    byId.set(value.custom_id, value);
  }
  return byId;
}

async function lookupsPerSecond(path: string, rows: number): Promise<number> {
  const results = await openResults(path);
  const count = 20_000;
  const start = performance.now();
  for (let i = 0; i < count; i++) results.get(`request-${(i * 7919) % rows}`);
  results.close();
  return Math.round((count * 1000) / (performance.now() - start));
}
