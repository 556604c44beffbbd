import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureCheck } from './check';
import { generate } from './generate';
import { measureKeystroke } from './keystroke';
import { measureResults } from './results';

/** One figure beside its yardstick, both from this run. */
export interface Row {
  readonly what: string;
  readonly yardstick: string;
  /** Ours over the yardstick's: below 1 is faster. */
  readonly ratio: number;
  readonly note: string;
}

/** `npm run bench -- [--megabytes 64]`: prints one table. Ratios within a run mean something; milliseconds do not. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '64' } } });
  const megabytes = Number(values.megabytes);
  const folder = mkdtempSync(path.join(tmpdir(), 'message-batches-bench-'));
  try {
    const shape = { requests: Math.round(megabytes * 390), bytes: megabytes * 1_000_000 };
    const clean = path.join(folder, 'clean.jsonl');
    const bad = path.join(folder, 'bad.jsonl');
    generate(clean, shape);
    generate(bad, { ...shape, bad: 0.01 });
    const rows = [
      await measureCheck('complete check from disk, cold', clean),
      await measureCheck('the same with 1 % bad lines', bad),
      measureKeystroke(clean),
      await measureResults(path.join(folder, 'results.jsonl'), shape.requests),
    ];
    console.log(`${shape.requests} requests, ${megabytes} MB, Node ${process.version}`);
    console.table(rows.map(({ ratio, ...row }) => ({ ...row, ratio: Number(ratio.toFixed(2)) })));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
