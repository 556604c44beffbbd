import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { openTable } from '../../results/open-table';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../../results/query';
import { retryReasons, USUAL_KINDS, writeRetryFile } from '../../results/retry';
import { writeRows } from '../../results/write-rows';
import { lineMark } from '../../runs/submitted';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';
import { answered, failed, line } from './rows';

const SUBMITTED = ['ok', 'busy', 'busy-2', 'wrong', 'gone', 'poor', 'late', 'stopped', 'cut', 'lost'];
const FIRST = [
  line('late', { type: 'expired' }),
  answered('ok', 'first'),
  failed('busy', 'overloaded_error', 'Overloaded'),
  failed('busy-2', 'overloaded_error', 'Overloaded'),
  failed('wrong', 'invalid_request_error', 'messages: Field required'),
  failed('gone', 'not_found_error', 'model: x'),
  failed('poor', 'invalid_request_error', 'Your credit balance is too low to access the API.'),
  answered('cut', 'half', { stop_reason: 'max_tokens' }),
  line('stopped', { type: 'canceled' }),
].join('');

test('what may be sent again is grouped by reason, and what would fail again is told apart', async (t) => {
  const file = path.join(temporaryFolder(t), 'a.20261120T2104Z.results.jsonl');
  writeFileSync(file, FIRST);
  const { rows, close } = await opened(t, file);
  const reasons = retryReasons(rows);
  assert.deepEqual(reasons[0], {
    kind: 'errored',
    fault: 'overloaded_error: Overloaded',
    ids: ['busy', 'busy-2'],
    isHopeless: false,
  });
  assert.deepEqual(
    reasons.filter(({ isHopeless }) => isHopeless).flatMap(({ ids }) => ids),
    ['wrong', 'gone'],
  );
  const kinds = retryReasons(rows, USUAL_KINDS).map(({ kind }) => kind);
  assert.deepEqual(kinds.sort(), [...Array(4).fill('errored'), 'expired', 'canceled', 'missing'].sort());
  assert.deepEqual(
    retryReasons(rows, ['truncated', 'missing'])
      .flatMap(({ ids }) => ids)
      .sort(),
    ['cut', 'lost'],
  );
  assert.ok(close);
});

async function opened(t: Parameters<typeof temporaryFolder>[0], file: string) {
  const table = await openTable(file, SUBMITTED, { models: bundledModels });
  t.after(() => table.close());
  return table;
}

test('a retry file has the lines of the source byte for byte, in its order', async (t) => {
  const folder = temporaryFolder(t);
  const source = path.join(folder, 'tickets.jsonl');
  const odd = '{ "params": {"x": "\\u00e9"},  "custom_id": "b" }';
  writeFileSync(source, `\uFEFF${requestLine('a')}\r\n\n${odd}\r${requestLine('c')}`);
  const target = path.join(folder, 'tickets.retry-1.batch.jsonl');
  const sent = ['a', 'b'].map((customId) => ({ customId, mark: lineMark(Buffer.from(requestLine(customId))) }));
  assert.deepEqual(await writeRetryFile({ source, ids: ['b', 'a', 'x'], target, sent }), {
    ids: ['a', 'b'],
    changed: ['b'],
  });
  assert.equal(readFileSync(target, 'utf8'), `${requestLine('a')}\n${odd}\n`);
  await assert.rejects(writeRetryFile({ source, ids: ['c'], target }), { kind: 'disk' });
});

test('raised max_tokens change nothing but that number', async (t) => {
  const folder = temporaryFolder(t);
  const source = path.join(folder, 'tickets.jsonl');
  const request = (id: string, tokens: number) =>
    `{ "custom_id":"${id}", "params": {"messages":"max_tokens\\u00e9 é", "max_tokens" : ${tokens} ,"x":1.0} }`;
  writeFileSync(source, [request('a', 5), request('b', 5), request('c', 900)].join('\n'));
  const target = path.join(folder, 'tickets.retry-1.batch.jsonl');
  const raised = { ids: new Set(['a', 'c']), maxTokens: 100 };
  await writeRetryFile({ source, ids: ['a', 'b', 'c'], raised, target });
  assert.equal(readFileSync(target, 'utf8'), `${[request('a', 100), request('b', 5), request('c', 900)].join('\n')}\n`);
});

test('attempts are merged by their own bytes: the latest success, of failures the last', async (t) => {
  const folder = temporaryFolder(t);
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write('a.20261120T2104Z.results.jsonl', FIRST);
  const whole = answered('cut', 'whole').replace('{"custom_id"', '{ "custom_id"');
  write('a.retry-1.20261121T0900Z.results.jsonl', line('late', { type: 'expired' }) + whole + answered('busy', 'now'));
  write('a.retry-2.20261121T1000Z.results.jsonl', failed('busy', 'api_error', 'x') + failed('late', 'api_error', 'x'));
  // Another submission of the file, and what came of it.
  write('a.20261122T0000Z.results.jsonl', answered('ok', 'other'));
  write('a.retry-3.20261123T0000Z.results.jsonl', answered('ok', 'other'));
  const table = await opened(t, path.join(folder, 'a.20261120T2104Z.results.jsonl'));
  assert.deepEqual(
    table.paths.map((each) => path.basename(each).split('.')[1]),
    ['20261120T2104Z', 'retry-1', 'retry-2'],
  );
  const target = path.join(folder, 'a.merged.results.jsonl');
  const lineOf = (id: string) => SUBMITTED.indexOf(id);
  assert.equal(await writeRows(table, orderRows(table, EVERYTHING, INPUT_ORDER, lineOf), target), 9);
  const merged = readFileSync(target, 'utf8');
  const ids = merged
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each).custom_id);
  assert.deepEqual(ids, SUBMITTED.slice(0, -1));
  assert.ok(merged.includes(whole));
  assert.ok(merged.includes(answered('busy', 'now')));
  assert.ok(merged.includes(failed('late', 'api_error', 'x')));
  await assert.rejects(writeRows(table, [0], target), { kind: 'disk' });
});
