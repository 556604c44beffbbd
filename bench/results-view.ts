import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { median } from './median';
import { writeRows } from './reading';
import type { Row } from './row';

/** What `test/e2e/measure-results-view.mjs` prints. */
interface Measured {
  /** Milliseconds of each round, from the command to what it shows: of an empty panel, and of the first rows. */
  readonly empty: readonly number[];
  readonly first: readonly number[];
  /** Milliseconds of the longest task while the table is scrolled through. */
  readonly longest: number;
  /** The most memory that the extension host took beyond what it had before. */
  readonly megabytes: number;
}

/** The results view in a real editor: 100,000 results of 150 MB beside their requests. */
export function measureResultsView(folder: string, rows: number): Row[] {
  const impossible = whyNot();
  if (impossible) return rowsOf(null, impossible);
  run('scripts/package.mjs');
  const place = path.join(folder, 'view');
  mkdirSync(place);
  writeRequests(path.join(place, 'reading.batch.jsonl'), rows);
  const bytes = writeRows(path.join(place, 'reading.20261120T2104Z.results.jsonl'), rows);
  const size = `${rows.toLocaleString('en-US')} results, ${Math.round(bytes / 1e6)} MB`;
  try {
    return rowsOf(JSON.parse(run('test/e2e/measure-results-view.mjs', place, 'reading.batch.jsonl')), size);
  } catch (error) {
    // A browser that does not get on is no reason to lose the other groups' figures.
    console.error(error);
    return rowsOf(null, 'not measured: the editor did not get so far, see above');
  }
}

/** The memory of another process, and its peak alone, is to be had on Linux only. */
function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'not measured: this wants Linux';
  if (!existsSync('test/e2e/node_modules/playwright-core'))
    return 'not measured: `npm run test:editor` installs editors';
  return undefined;
}

function rowsOf(measured: Measured | null, note: string): Row[] {
  const [empty, first] = measured ? [median([...measured.empty]), median([...measured.first])] : [];
  return [
    {
      what: 'first rows in the editor',
      yardstick: 'opening an empty panel',
      value: empty && first ? first / empty : null,
      unit: '×',
      reach: { most: 3 },
      note: empty && first ? `${note}; ${Math.round(first)} ms, the other ${Math.round(empty)} ms` : note,
    },
    {
      what: 'longest task while the table scrolls',
      yardstick: '',
      value: measured?.longest ?? null,
      unit: 'ms',
      reach: { most: 100 },
      note: measured ? 'in its page; 0 where none took 50 ms' : note,
    },
    {
      what: 'memory of the extension host',
      yardstick: 'its own before',
      value: measured?.megabytes ?? null,
      unit: 'MB',
      reach: { most: 150 },
      note: measured ? 'at most, while they are opened again and again, scrolled and searched' : note,
    },
  ];
}

/** The last line that a script of ours prints. */
function run(script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed:\n${stdout}${stderr}`);
  return stdout.trim().split('\n').at(-1) ?? '';
}

function writeRequests(file: string, rows: number): void {
  const messages = [{ role: 'user', content: 'Where is my order?' }];
  const params = JSON.stringify({ model: 'claude-haiku-4-5', max_tokens: 99, messages });
  const lines = Array.from({ length: rows }, (_, i) => `{"custom_id":"request-${i}","params":${params}}\n`);
  writeFileSync(file, lines.join(''));
}
