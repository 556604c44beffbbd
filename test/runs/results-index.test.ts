import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { reconcile } from '../../runs/reconcile';
import { openResults } from '../../runs/results-index';
import { ResultsScan } from '../../runs/results-scan';
import { newFolder } from './setup';

const row = (customId: string, result: object = { type: 'expired' }) => JSON.stringify({ custom_id: customId, result });

const placesIn = (scan: ResultsScan) => [...scan.ids()].map((customId) => [customId, scan.placeOf(customId)]);

async function open(t: TestContext, text: string) {
  const file = path.join(await newFolder(t), 'x.results.jsonl');
  await writeFile(file, text);
  const results = await openResults(file);
  t.after(() => results.close());
  return { file, results };
}

test('rows are found by id, whatever they look like', async (t) => {
  const text = [
    row('a', { type: 'succeeded', message: { content: [{ type: 'text', text: 'é🙂\n' }] } }),
    '{ "result": {"type": "errored"}, "custom_id": "b" }\r',
    '',
    '{"custom_id": "c", "result": {"type": "canceled"}}',
    '{"custom_id":"d é","result":{"type":"expired"}}',
  ].join('\n');
  const { results } = await open(t, text);
  assert.deepEqual([...results.ids()], ['a', 'b', 'c', 'd é']);
  assert.deepEqual(results.counts, { succeeded: 1, errored: 1, canceled: 1, expired: 1 });
  assert.deepEqual(results.get('a'), JSON.parse(text.split('\n')[0] ?? ''));
  assert.equal(Buffer.from(results.bytes('b') ?? []).toString(), '{ "result": {"type": "errored"}, "custom_id": "b" }');
  assert.deepEqual(
    [results.kind('c'), results.kind('x'), results.get('x'), results.has('d é')],
    ['canceled', null, null, true],
  );
});

test('of several rows the first counts, and lines that are no result are counted', async (t) => {
  const lines = [
    row('a'),
    row('b'),
    row('a', { type: 'canceled' }),
    row('a'),
    '{"custom_id":"z"}',
    'no',
    row('c').slice(0, -1),
  ];
  const { results } = await open(t, lines.join('\n'));
  assert.deepEqual([results.size, results.kind('a'), results.repeated, results.unreadable], [2, 'expired', ['a'], 3]);
});

test('a file that was changed behind our back is not read wrongly', async (t) => {
  const { file, results } = await open(t, `${row('a')}\n${row('b')}\n`);
  await writeFile(file, `${row('xx')}\n${row('b')}\n`);
  assert.throws(() => results.get('a'), { name: 'ResultsChangedError' });
});

test('the cut of the chunks changes nothing', () => {
  const text = Buffer.from([row('a'), row('é'), '', row('b', { type: 'canceled' })].join('\n'));
  const whole = new ResultsScan();
  whole.push(text);
  whole.end();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (sizes) => {
      const scan = new ResultsScan();
      let from = 0;
      for (const size of [...sizes, text.length]) {
        scan.push(text.subarray(from, from + size));
        from += size;
      }
      scan.end();
      assert.deepEqual(placesIn(scan), placesIn(whole));
    }),
  );
});

test('the ids submitted are held against those that came back, in any order', async (t) => {
  const { results } = await open(t, [row('c'), row('a'), row('x'), row('a')].join('\n'));
  const { missing, unexpected, repeated } = reconcile(['a', 'b', 'c', 'd'], results, null);
  assert.deepEqual([missing, unexpected, repeated], [['b', 'd'], ['x'], ['a']]);
  const unknown = reconcile(null, results, null);
  assert.deepEqual([unknown.missing, unknown.unexpected, unknown.expired], [[], [], 3]);
});
