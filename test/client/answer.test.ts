import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { answerOf } from '../../client/src/text/answer';
import type { ResultRow } from '../../runs/result';

const row = (result: unknown): ResultRow => ({ custom_id: 'a', result }) as ResultRow;
const answer = (result: unknown) => answerOf({ customId: 'a', line: 0, sandbox: false }, row(result), bundledModels);
const message = (changes: object) => ({
  type: 'succeeded',
  message: {
    model: 'claude-haiku-4-5-20251001',
    content: [{ type: 'text', text: '**Hi**' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 1000, output_tokens: 1000, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
    ...changes,
  },
});

test('an answer with its tokens, stop reason and real cost', () => {
  const { state, blocks, facts, notice } = answer(message({}));
  assert.equal(state, 'answered');
  assert.equal(notice, '');
  assert.deepEqual(blocks, [{ kind: 'markdown', title: '', content: '**Hi**' }]);
  assert.deepEqual(Object.fromEntries(facts.map(({ label, value }) => [label, value])), {
    Model: 'claude-haiku-4-5-20251001',
    'Stop reason': 'end_turn',
    Tokens: '1,000 in, 1,000 out',
    Cost: '$0.0030',
  });
});

test('a success that is none is noticed', () => {
  assert.match(answer(message({ stop_reason: 'max_tokens' })).notice, /cut off at max_tokens/);
  assert.match(answer(message({ stop_reason: 'refusal' })).notice, /refused/);
});

test('thinking, tool calls and blocks that are not known are kept apart', () => {
  const content = [
    { type: 'thinking', thinking: 'Hm.' },
    { type: 'tool_use', name: 'record', input: { a: 1 } },
    { type: 'new_thing', x: 1 },
  ];
  const { blocks } = answer(message({ content }));
  assert.deepEqual(
    blocks.map(({ kind, title }) => [kind, title]),
    [
      ['text', 'Thinking'],
      ['text', 'Tool call: record'],
      ['text', 'new_thing'],
    ],
  );
});

test('an error is shown with the message of the API', () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_1' };
  const { state, notice, facts } = answer({ type: 'errored', error });
  assert.equal(state, 'failed');
  assert.equal(notice, 'Overloaded');
  assert.deepEqual(facts, [
    { label: 'Error', value: 'overloaded_error' },
    { label: 'Request ID', value: 'req_1' },
  ]);
});

test('expired, canceled and absent rows are what they are', () => {
  assert.equal(answer({ type: 'expired' }).state, 'expired');
  assert.equal(answer({ type: 'canceled' }).state, 'canceled');
  assert.equal(answerOf({ customId: 'a', line: 0, sandbox: true }, null, bundledModels).state, 'absent');
});
