import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureChecks } from './check';
import { measureCreate } from './create';
import { measureEditor } from './editor';
import { generate, type Shape } from './generate';
import { measureLanguage } from './language';
import { measureReading } from './reading';
import { measureResults } from './results';
import { measureResultsView } from './results-view';
import { printTable, type Row } from './row';
import { measureStartup } from './startup';
import { measureUpload } from './upload';

/** What VS Code hands to a language server at most, in MB of 1,000,000 bytes. */
const LARGEST_DOCUMENT = 50;

/**
 * `npm run bench -- [--megabytes 64] [--only check,editor,language,create,upload,results,reading,view,startup]`: prints one table. Ratios and
 * differences within a run mean something; milliseconds do not.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { megabytes: { type: 'string', default: '64' }, only: { type: 'string', default: '' } },
  });
  const megabytes = Number(values.megabytes);
  const folder = mkdtempSync(path.join(tmpdir(), 'message-batches-bench-'));
  const file = (name: string, megabytes: number, lines: number, more: Partial<Shape> = {}): string => {
    const target = path.join(folder, `${name}.batch.jsonl`);
    generate(target, { requests: Math.round(megabytes * lines), bytes: megabytes * 1_000_000, ...more });
    return target;
  };
  const groups: Readonly<Record<string, () => Promise<Row[]>>> = {
    check: () =>
      measureChecks({
        mixed: file('mixed', megabytes, 390),
        bad: file('bad', megabytes, 390, { bad: 0.01 }),
        shared: file('shared', megabytes, 390, { mix: 'shared' }),
        varied: file('varied', megabytes, 390, { mix: 'varied' }),
        half: file('half', megabytes / 2, 390),
        quarter: file('quarter', megabytes / 4, 390),
        small: file('small', 1, 390),
      }),
    editor: () => {
      const size = Math.min(megabytes, LARGEST_DOCUMENT);
      const [open, bad] = [file('open', size, 1000), file('open-bad', size, 1000, { bad: 0.01 })];
      return measureEditor(open, bad, file('open-prompted', size, 400, { mix: 'prompted' }));
    },
    language: () => measureLanguage(file('language', Math.min(megabytes, LARGEST_DOCUMENT), 390)),
    create: () => measureCreate(folder),
    upload: () => measureUpload(file('sent', megabytes, 390), file('small', 1, 390)),
    results: () => measureResults(folder, 100_000),
    reading: () => measureReading(folder, 100_000),
    view: async () => measureResultsView(folder, 100_000),
    startup: measureStartup,
  };
  const wanted = Object.keys(groups).filter((name) => !values.only || values.only.split(',').includes(name));
  try {
    const rows: Row[] = [];
    for (const name of wanted) rows.push(...(await groups[name]!()));
    console.log(`\n${megabytes} MB, Node ${process.version}\n`);
    printTable(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
