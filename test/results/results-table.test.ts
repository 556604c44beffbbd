import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { facetsOf } from '../../results/facets';
import { orderRows } from '../../results/query';
import { ResultsTable } from '../../results/results-table';
import { temporaryFolder } from '../support/folders';
import { answered, failed, line } from './rows';

const FILE = [
  answered('b', 'Yes'),
  failed('a', 'invalid_request_error', 'max_tokens: too high'),
  line('e', { type: 'expired' }),
  answered('cut', 'The first half', { stop_reason: 'max_tokens' }),
  answered('silent', '  ', {}),
  answered('tool', '', {
    content: [{ type: 'tool_use', id: 't', name: 'x', input: { a: 1 } }],
    stop_reason: 'tool_use',
  }),
  'not a row\n',
  line('__proto__', { type: 'canceled' }),
  line('new', { type: 'postponed' }),
].join('');

async function load(t: TestContext, ...texts: string[]): Promise<ResultsTable> {
  const folder = temporaryFolder(t);
  const paths = texts.map((text, index) => {
    const file = path.join(folder, `${index}.results.jsonl`);
    writeFileSync(file, text);
    return file;
  });
  const table = new ResultsTable(paths);
  t.after(() => table.close());
  await table.load({ models: bundledModels });
  return table;
}

const everything = { outcome: null, fault: null, stopReason: null };
const ids = (table: ResultsTable, order: readonly number[]): (string | null)[] =>
  order.map((index) => table.rows[index]?.customId ?? null);

test('every line is a row, and a success that holds less than was asked for is no plain one', async (t) => {
  const { rows } = await load(t, FILE);
  assert.deepEqual(
    rows.map(({ customId, outcome, stopReason }) => [customId, outcome, stopReason]),
    [
      ['b', 'answered', 'end_turn'],
      ['a', 'failed', null],
      ['e', 'expired', null],
      ['cut', 'suspicious', 'max_tokens'],
      ['silent', 'suspicious', 'empty'],
      ['tool', 'answered', 'tool_use'],
      [null, 'unreadable', null],
      ['__proto__', 'canceled', null],
      ['new', 'unreadable', null],
    ],
  );
  assert.deepEqual(rows[0]?.tokens, { input: 100, output: 20, cacheRead: 50, cacheWritten: 0 });
  assert.ok((rows[0]?.usd ?? 0) > 0);
});

test('rows are read from disk, and not where the file was changed', async (t) => {
  const table = await load(t, FILE);
  const row = table.rows[table.indexOf('b') ?? -1];
  assert.ok(row);
  assert.equal(`${table.bytesOf(row)}\n`, answered('b', 'Yes'));
  writeFileSync(table.paths[0] ?? '', answered('x', 'Yes'));
  assert.throws(() => table.valueOf(row), { name: 'ResultsChangedError' });
});

test('facets count what there is', async (t) => {
  const { rows } = await load(t, FILE + failed('z', 'invalid_request_error', 'max_tokens: too high'));
  const { outcomes, faults, stopReasons } = facetsOf(rows);
  assert.deepEqual(outcomes[2], { value: 'failed', count: 2 });
  assert.deepEqual(faults, [{ value: 'invalid_request_error: max_tokens: too high', count: 2 }]);
  assert.deepEqual(stopReasons.map(({ value }) => value).sort(), ['empty', 'end_turn', 'max_tokens', 'tool_use']);
});

test('rows are filtered and sorted, and what is equal stays in the order of the requests', async (t) => {
  const table = await load(t, FILE);
  table.addMissing(['b', 'never']);
  const lineOf = (id: string) => ({ e: 0, b: 1, a: 2 })[id];
  const order = (filter: object, by: 'line' | 'status' | 'tokens' | 'custom_id', descending = false) =>
    ids(table, orderRows(table, { ...everything, ...filter }, { by, descending }, lineOf));
  assert.deepEqual(order({}, 'line').slice(0, 4), ['e', 'b', 'a', 'cut']);
  assert.deepEqual(order({ outcome: 'suspicious' }, 'custom_id', true), ['silent', 'cut']);
  assert.deepEqual(order({ outcome: 'missing' }, 'line'), ['never']);
  assert.deepEqual(order({ stopReason: 'max_tokens' }, 'line'), ['cut']);
  assert.deepEqual(order({ fault: 'invalid_request_error: max_tokens: too high' }, 'line'), ['a']);
  assert.deepEqual(order({}, 'status').slice(0, 3), ['b', 'tool', 'cut']);
  assert.deepEqual(order({}, 'tokens', true).slice(0, 2), ['b', 'cut']);
});

test('of several attempts the latest success counts, and each attempt is still there', async (t) => {
  const first = failed('a', 'overloaded_error', 'Overloaded') + answered('b', 'cut', { stop_reason: 'max_tokens' });
  const second = answered('a', 'Second') + answered('b', 'Whole') + failed('c', 'api_error', 'Oops');
  const third = failed('a', 'api_error', 'Oops') + line('c', { type: 'expired' });
  const table = await load(t, first, second, third);
  assert.deepEqual(
    table.rows.map(({ customId, outcome, file }) => [customId, outcome, file]),
    [
      ['a', 'answered', 1],
      ['b', 'answered', 1],
      ['c', 'expired', 2],
    ],
  );
  assert.deepEqual(
    table.earlier('a').map(({ outcome, file }) => [outcome, file]),
    [
      ['failed', 0],
      ['failed', 2],
    ],
  );
  assert.deepEqual(table.valueOf(table.rows[1] ?? assert.fail()), JSON.parse(answered('b', 'Whole')));
});

test('a second row of one id in one file is shown too', async (t) => {
  const table = await load(t, answered('a', '1') + answered('a', '2'));
  assert.equal(table.rows.length, 2);
  assert.equal(table.indexOf('a'), 0);
});
