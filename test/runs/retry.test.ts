import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { mergeResults } from '../../runs/merge';
import { openResults } from '../../runs/results-index';
import { retrySet, writeRetryFile } from '../../runs/retry';
import { newFolder, requestLine } from './setup';

const errored = (type: string) => ({ type: 'errored', error: { type: 'error', error: { type, message: `${type}!` } } });
const row = (customId: string, result: object) => `${JSON.stringify({ custom_id: customId, result })}\n`;
const answered = (text: string) => ({ type: 'succeeded', message: { content: [{ type: 'text', text }] } });

const SUBMITTED = ['ok', 'busy', 'wrong', 'gone', 'late', 'stopped', 'lost'];
const FIRST = [
  row('late', { type: 'expired' }),
  row('ok', answered('first')),
  row('busy', errored('overloaded_error')),
  row('wrong', errored('invalid_request_error')),
  row('gone', errored('not_found_error')),
  row('stopped', { type: 'canceled' }),
].join('');

test('what failed through no fault of its own may be sent again, the rest is named with the reason', async (t) => {
  const file = path.join(await newFolder(t), 'a.results.jsonl');
  await writeFile(file, FIRST);
  const results = await openResults(file);
  t.after(() => results.close());
  assert.deepEqual(retrySet(SUBMITTED, results), {
    ids: ['busy', 'late', 'stopped', 'lost'],
    refused: [
      { customId: 'wrong', message: 'invalid_request_error!' },
      { customId: 'gone', message: 'not_found_error!' },
    ],
  });
  assert.deepEqual(retrySet(SUBMITTED, results, ['expired', 'missing']), { ids: ['late', 'lost'], refused: [] });
});

test('a retry file has the lines of the source byte for byte, in its order', async (t) => {
  const folder = await newFolder(t);
  const source = path.join(folder, 'tickets.jsonl');
  const odd = '{ "params": {"x": "\\u00e9"},  "custom_id": "b" }';
  await writeFile(source, `\uFEFF${requestLine('a')}\r\n\n${odd}\r${requestLine('c')}`);
  const target = path.join(folder, 'tickets.retry-1.batch.jsonl');
  assert.equal(await writeRetryFile(source, ['b', 'a', 'x'], target), 2);
  assert.equal(await readFile(target, 'utf8'), `${requestLine('a')}\n${odd}\n`);
  await assert.rejects(writeRetryFile(source, ['c'], target), { kind: 'disk' });
});

test('of several attempts a success stays, and of failures the last', async (t) => {
  const folder = await newFolder(t);
  const attempts = [path.join(folder, '1.jsonl'), path.join(folder, '2.jsonl'), path.join(folder, '3.jsonl')];
  await writeFile(attempts[0] ?? '', FIRST);
  await writeFile(attempts[1] ?? '', row('late', answered('second')) + row('busy', errored('api_error')));
  await writeFile(attempts[2] ?? '', row('busy', { type: 'expired' }) + row('late', { type: 'expired' }));
  const target = path.join(folder, 'merged.jsonl');
  assert.equal(await mergeResults(attempts, target), 6);
  const merged = await openResults(target);
  t.after(() => merged.close());
  assert.deepEqual([...merged.ids()], ['late', 'ok', 'busy', 'wrong', 'gone', 'stopped']);
  assert.deepEqual(merged.get('late')?.result, answered('second'));
  assert.equal(merged.kind('busy'), 'expired');
});
