import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { bundledModels } from '../../batch/cost/models';
import { csvRecord } from '../../batch/csv';
import { CSV_HEADER, exportCsv, exportJsonl, rowMarkdown } from '../../results/export';
import { openTable } from '../../results/open-table';
import { summaryOf } from '../../results/summary';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { answered, failed, line } from './rows';

/** Reads CSV as RFC 4180 has it, written apart from what writes it. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

test('every record is read back as it was written', () => {
  // None begins as a formula does.
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', '€', 'x') }).map((text) => `x${text}`);
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (records) => {
      assert.deepEqual(parseCsv(records.map(csvRecord).join('')), records);
    }),
  );
});

test('no cell begins a formula, and numbers stay numbers', () => {
  const [formulas = []] = parseCsv(
    csvRecord(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '  =1', '\r=1', '＝1', '=HYPERLINK("http://x","y")']),
  );
  for (const cell of formulas) assert.match(cell, /^'/);
  assert.equal(csvRecord(['-12.5', '+3', '1e5', 'a=b']), '-12.5,+3,1e5,a=b\r\n');
});

async function table(t: TestContext) {
  const file = path.join(temporaryFolder(t), 'a.20261120T2104Z.results.jsonl');
  const rows = [
    answered('b', 'Two\nlines, "quoted"'),
    failed('a', 'invalid_request_error', '=cmd|calc'),
    line('__proto__', { type: 'expired' }),
    answered('../../x', '@evil'),
    'not a row\n',
  ];
  writeFileSync(file, rows.join(''));
  const opened = await openTable(file, null, { models: bundledModels });
  t.after(() => opened.close());
  return { opened, target: (name: string) => path.join(path.dirname(file), name) };
}

test('CSV holds every row in the order that is asked for', async (t) => {
  const { opened, target } = await table(t);
  await exportCsv({ table: opened, order: [1, 0, 2, 3, 4], target: target('out.csv') }, { mark: true });
  const text = readFileSync(target('out.csv'), 'utf8');
  assert.equal(text[0], '\uFEFF');
  const records = parseCsv(text.slice(1));
  assert.deepEqual(records[0], CSV_HEADER);
  assert.deepEqual(records[1]?.slice(0, 6), ['a', 'Failed', '', '', 'invalid_request_error', "'=cmd|calc"]);
  assert.deepEqual(records[2]?.slice(0, 4), ['b', 'Answered', 'end_turn', 'Two\nlines, "quoted"']);
  assert.deepEqual(records[4]?.slice(0, 4), ['../../x', 'Answered', 'end_turn', "'@evil"]);
  assert.equal(records.length, 6);
  await assert.rejects(exportCsv({ table: opened, order: [0], target: target('out.csv') }, { mark: false }), {
    kind: 'disk',
  });
});

test('JSON Lines are joined with fields of the request', async (t) => {
  const { opened, target } = await table(t);
  const request = Buffer.from(requestLine('b'));
  const fields = ['params/model', 'params/messages/0/role', 'params/none'];
  const task = { table: opened, order: [0, 2], target: target('out.jsonl') };
  await exportJsonl(task, fields, (id) => (id === 'b' ? request : undefined));
  const rows = readFileSync(target('out.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each));
  assert.equal(rows[0].answer, 'Two\nlines, "quoted"');
  assert.equal(rows[0].request['params/messages/0/role'], 'user');
  assert.deepEqual(Object.keys(rows[0].request), ['params/model', 'params/messages/0/role']);
  assert.equal(rows[1].custom_id, '__proto__');
});

test('an export that is canceled leaves nothing', async (t) => {
  const { opened, target } = await table(t);
  const task = { table: opened, order: [0], target: target('out.csv'), signal: AbortSignal.abort() };
  await assert.rejects(exportCsv(task, { mark: false }), { kind: 'canceled' });
  assert.throws(() => readFileSync(target('out.csv')), { code: 'ENOENT' });
});

test('one row as Markdown', async (t) => {
  const { opened } = await table(t);
  const [row] = opened.rows;
  assert.ok(row);
  const text = rowMarkdown(row, opened.valueOf(row));
  assert.match(text, /^# b\n\n- Status: Answered\n- Stop reason: end_turn\n[\s\S]*\n\nTwo\nlines, "quoted"\n$/);
});

test('a summary adds up what rows say', async (t) => {
  const { opened } = await table(t);
  const { requests, outcomes, tokens, cacheHitRate, usd, lengths } = summaryOf(opened.rows);
  assert.equal(requests, 5);
  assert.deepEqual(outcomes[0], { value: 'answered', count: 2 });
  assert.deepEqual(tokens, { input: 200, cacheRead: 100, cacheWritten: 0, output: 40 });
  assert.equal(cacheHitRate, 1 / 3);
  assert.ok(usd && usd > 0);
  assert.deepEqual(lengths, [
    { to: 8, count: 1 },
    { to: 16, count: 0 },
    { to: 32, count: 1 },
  ]);
});
