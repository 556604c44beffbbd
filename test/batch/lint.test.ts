import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BatchFile } from '../../batch/batch-file';
import { context, requestLine } from '../support/contexts';

const rulesOf = (text: string) => new BatchFile(text, context()).problems().problems.map(({ finding }) => finding.rule);
const nested = (open: string, close: string, depth: number) =>
  `{"custom_id":"a","params":${open.repeat(depth)}${close.repeat(depth)}}`;

test('what nobody should send gets one finding, or none, and no exception', () => {
  assert.deepEqual(rulesOf(nested('[', ']', 100_000)), ['too-deep']);
  assert.deepEqual(rulesOf(nested('{"a":', '}', 100_000)), ['too-deep']);
  assert.deepEqual(rulesOf('['.repeat(1_000_000)), ['too-deep']);
  assert.deepEqual(rulesOf(requestLine('a').replace('64', '1e400')), ['number-out-of-range']);
  assert.deepEqual(rulesOf(requestLine('__proto__')), []);
  assert.deepEqual(rulesOf(requestLine('a', 'x'.repeat(500_000)).replace('claude-haiku-4-5', 'claude-opus-5')), []);
  assert.deepEqual(
    rulesOf(
      '{"custom_id":"a","params":{"__proto__":1,"model":"claude-haiku-4-5","max_tokens":1,"messages":[{"role":"user","content":"a"}]}}',
    ),
    ['unknown-field'],
  );
  assert.deepEqual(rulesOf(requestLine('a').replace('Hello', '\\ud83d')), ['lone-surrogate']);
});

test('a request of another shape is named, whatever else is wrong with it', () => {
  const openai = '{"custom_id":"b","method":"POST","url":"/","body":{}}';
  assert.deepEqual(rulesOf(`${requestLine('a')}\n${openai}`), ['foreign-shape']);
});
