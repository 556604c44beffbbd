import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { comparisonMarkdown } from '../../client/src/text/comparison';
import { compareAnswers } from '../../results/compare';
import { compareRequests } from '../../results/compare-requests';
import { expectedValues } from '../../results/expected-values';
import { requestPlaces } from '../../results/request-places';
import { ResultsTable } from '../../results/results-table';
import { summaryOf } from '../../results/summary';
import { matchIds } from '../../results/thread/on-thread';
import { temporaryFile, temporaryFolder } from '../support/folders';
import { answered, failed } from './rows';
import { builtThread } from './thread';

const script = builtThread();

async function table(t: TestContext, ...rows: string[]): Promise<ResultsTable> {
  const file = temporaryFile(t, 'a.results.jsonl', rows.join(''));
  const made = new ResultsTable([file]);
  t.after(() => made.close());
  await made.load({ models: bundledModels });
  return made;
}

test('short answers: what became what, how often, and how many are right', async (t) => {
  const before = await table(
    t,
    answered('a', 'billing'),
    answered('b', 'billing'),
    answered('c', 'other'),
    answered('d', 'x'),
  );
  const after = await table(
    t,
    answered('b', 'account '),
    answered('a', 'account'),
    answered('c', 'other\n'),
    failed('d', 'api_error', 'x'),
  );
  const expected = expectedValues('\uFEFFexpected,custom_id\r\naccount,a\r\n"other",c\r\n');
  const found = await compareAnswers(before, after, { expected });
  assert.deepEqual(found.transitions, [{ from: 'billing', to: 'account', count: 2 }]);
  assert.deepEqual([found.kind, found.both, found.same, found.onlyBefore, found.onlyAfter], ['short', 3, 1, 1, 0]);
  assert.deepEqual(found.accuracy, { before: 1, after: 2, of: 2 });
  assert.deepEqual(
    found.changed.map(({ id }) => id),
    ['a', 'b'],
  );
  const page = comparisonMarkdown(['1', '2'], found, [], [summaryOf(before.rows), summaryOf(after.rows)]);
  assert.match(page, /\| `billing` → `account` \| 2 \|/);
  assert.match(page, /\*\*2 answers changed\*\*, 1 of 3 are the same\. Answered 1 only in the first run\./);
  assert.match(page, /\| After \| 2 \| 100\.0\u00a0% \|/);
});

test('JSON answers agree by field, whatever the order of keys', async (t) => {
  const before = await table(t, answered('a', '{"x":1,"y":{"a":1,"b":2}}'), answered('b', '{"x":1}'));
  const after = await table(t, answered('a', '```json\n{"y":{"b":2,"a":1},"x":1}\n```'), answered('b', '{"x":2}'));
  const found = await compareAnswers(before, after);
  assert.equal(found.kind, 'json');
  assert.deepEqual(found.fields, [
    { name: 'x', same: 1, of: 2 },
    { name: 'y', same: 1, of: 1 },
  ]);
  assert.deepEqual(
    found.changed.map(({ id }) => id),
    ['b'],
  );
});

test('prose is told from labels', async (t) => {
  const long = 'A sentence that goes on and on, and says more than a label of a class would ever say.';
  const found = await compareAnswers(
    await table(t, answered('a', long)),
    await table(t, answered('a', `${long} More.`)),
  );
  assert.deepEqual([found.kind, found.changed.length, found.transitions], ['prose', 1, []]);
});

test('ids are matched without what changes from run to run', async (t) => {
  const ids = ['20261120-a', '20261121-a'];
  const matched = await matchIds({ customIds: ids, pattern: '^\\d{8}-' }, { script: script() });
  const idOf = (id: string) => matched.get(id) ?? id;
  const found = await compareAnswers(
    await table(t, answered(ids[0] ?? '', 'x')),
    await table(t, answered(ids[1] ?? '', 'x')),
    { idOf },
  );
  assert.deepEqual([found.both, found.same], [1, 1]);
  const tried = (id: string, pattern: string) =>
    matchIds({ customIds: [id], pattern }, { script: script(), limitMs: 200 });
  await assert.rejects(tried('x', '('), /Unterminated group/);
  await assert.rejects(tried(`${'a'.repeat(60)}!`, '^(a+)+$'), /takes too long/);
});

test('the head says what differs in the requests', async (t) => {
  const folder = temporaryFolder(t);
  const write = async (name: string, model: string, temperature?: number) => {
    const file = path.join(folder, name);
    const messages = [{ role: 'user', content: name === 'b.jsonl' ? 'x'.repeat(99) : 'y'.repeat(99) }];
    const line = (id: string) =>
      JSON.stringify({ custom_id: id, params: { model, temperature, max_tokens: 9, messages } });
    writeFileSync(file, `${line('a')}\n${line('b')}\n`);
    return { path: file, places: await requestPlaces(file) };
  };
  const [a, b] = [await write('a.jsonl', 'old'), await write('b.jsonl', 'new', 1)];
  const idOf = (id: string) => id;
  const differences = await compareRequests(a, b, { idOf });
  assert.deepEqual(
    new Set(differences),
    new Set([
      { field: 'model', count: 2, from: '"old"', to: '"new"' },
      { field: 'temperature', count: 2, from: 'not set', to: '1' },
      { field: 'messages', count: 2, from: null, to: null },
    ]),
  );
  const canceled = AbortSignal.abort(new Error('canceled'));
  await assert.rejects(compareRequests(a, b, { idOf, signal: canceled }), /canceled/);
});
