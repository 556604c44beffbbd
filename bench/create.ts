import { createReadStream, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse';
import { createFile } from '../files/from-data/create-requests';
import { interleaved } from './median';
import type { Row } from './row';

const ROWS = 100_000;
const ROUNDS = 5;

/** A batch file from a table of 100,000 rows, against reading the table with the library alone. */
export async function measureCreate(folder: string): Promise<Row[]> {
  const at = (name: string): string => path.join(folder, name);
  const rows = Array.from(
    { length: ROWS },
    (_, i) => `ticket-${i},${64 + (i % 9)},"My order ${i} has not arrived, ""again"" ${'x'.repeat(i % 300)}"`,
  );
  writeFileSync(at('rows.csv'), `id,limit,text\n${rows.join('\n')}\n`);
  const content = 'Which team should answer? {{text}}';
  const params = { model: 'claude-haiku-4-5', max_tokens: '{{limit}}', messages: [{ role: 'user', content }] };
  writeFileSync(at('template.json'), JSON.stringify({ custom_id: '{{id}}', params }));
  const source = { template: at('template.json'), data: at('rows.csv') };
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = (): void => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const { ours, yardstick } = await interleaved(
    ROUNDS,
    async () => {
      rmSync(at('made.jsonl'), { force: true });
      await createFile(source, at('made.jsonl'), { idsTarget: at('ids.csv'), onProgress: watch });
    },
    async () => {
      let records = 0;
      for await (const _ of createReadStream(at('rows.csv')).pipe(parse({ bom: true }))) records++;
      if (records !== ROWS + 1) throw new Error(`${records} records were read.`);
    },
  );
  const what = '100,000 rows of CSV to a batch file';
  return [
    {
      what,
      yardstick: 'csv-parse alone',
      value: ours / yardstick,
      unit: '×',
      reach: { most: 2 },
      note: `${Math.round(ours)} ms`,
    },
    {
      what: `${what}: memory`,
      yardstick: 'before',
      value: (peak - before) / 1_000_000,
      unit: 'MB',
      reach: { most: 120 },
      note: 'resident, both of them in one process',
    },
  ];
}
