import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { answerOf } from '../../client/src/text/answer';
import { missingRow, rowFacts } from '../../results/row-facts';

const asked = { line: 0, sandbox: false };
const answer = (result: unknown) => {
  const row = { custom_id: 'a', result };
  return answerOf(rowFacts(row, bundledModels), row, asked);
};
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
  const { outcome, blocks, facts, notice } = answer(message({}));
  assert.equal(outcome, 'answered');
  assert.equal(notice, '');
  assert.deepEqual(blocks, [{ kind: 'markdown', title: '', content: '**Hi**', folded: false }]);
  assert.deepEqual(Object.fromEntries(facts.map(({ label, value }) => [label, value])), {
    Model: 'claude-haiku-4-5-20251001',
    'Stop reason': 'end_turn',
    Tokens: '1,000 in, 1,000 out',
    Cost: '$0.003',
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

test('an answer that is JSON is shown over many lines, character for character', () => {
  const content = [{ type: 'text', text: '{"id":12345678901234567890,"sum":1.50,"tags":[]}' }];
  const { blocks } = answer(message({ content }));
  const shown = '{\n  "id": 12345678901234567890,\n  "sum": 1.50,\n  "tags": []\n}';
  assert.deepEqual(blocks, [{ kind: 'text', title: '', content: shown, folded: false }]);
  const [half] = answer(message({ content: [{ type: 'text', text: '{"id":1' }] })).blocks;
  assert.equal(half?.kind, 'markdown');
});

test('an error is shown with the message of the API', () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_1' };
  const { outcome, notice, facts } = answer({ type: 'errored', error });
  assert.equal(outcome, 'failed');
  assert.equal(notice, 'Overloaded');
  assert.deepEqual(facts, [
    { label: 'Error', value: 'overloaded_error' },
    { label: 'Request ID', value: 'req_1' },
  ]);
});

test('expired, canceled and absent rows are what they are', () => {
  assert.equal(answer({ type: 'expired' }).outcome, 'expired');
  assert.equal(answer({ type: 'canceled' }).outcome, 'canceled');
  assert.equal(answerOf(missingRow('a'), undefined, asked).headline, 'No result');
});

test('citations stand under the text that they are of', () => {
  const citations = [{ type: 'page_location', document_title: 'Report', start_page_number: 3, cited_text: 'It rose.' }];
  const { blocks } = answer(message({ content: [{ type: 'text', text: 'It rose.', citations }] }));
  assert.deepEqual(blocks[1], {
    kind: 'text',
    title: 'Citations (1)',
    content: '[1] Report, page 3 – “It rose.”',
    folded: false,
  });
});

test('what other attempts came to is said', () => {
  const earlier = [rowFacts({ custom_id: 'a', result: { type: 'expired' } }, bundledModels)];
  const row = { custom_id: 'a', result: message({}) };
  const { facts } = answerOf(rowFacts(row, bundledModels), row, { ...asked, earlier });
  assert.deepEqual(facts.at(-1)?.label, 'Attempt 1');
  assert.match(facts.at(-1)?.value ?? '', /^Expired/);
});

test('whatever a gateway writes is shown as text', () => {
  const odd: unknown[] = [
    { type: 'succeeded' },
    { type: 'succeeded', message: { content: 'no list', usage: 3, stop_reason: {}, model: null } },
    {
      type: 'succeeded',
      message: { content: [null, 7, { type: 3 }, { type: 'text', text: {} }, { type: '__proto__' }] },
    },
    { type: 'errored', error: 'x' },
    { type: 'errored' },
    { type: '__proto__' },
  ];
  for (const result of odd) assert.equal(answer(result).customId, 'a');
  const hidden = answer(message({ content: [{ type: 'text', text: 'a\u202eb\u001b[2Jc\td' }] }));
  assert.equal(hidden.blocks[0]?.content, 'a‹U+202E›b‹U+001B›[2Jc\td');
});

test('a text of megabytes is shown in part, and as text', () => {
  const [block] = answer(message({ content: [{ type: 'text', text: '*'.repeat(1_000_000) }] })).blocks;
  assert.equal(block?.kind, 'text');
  assert.ok((block?.content.length ?? 0) < 110_000);
  assert.match(block?.content ?? '', /900,000 more characters/);
});

test('what was estimated of a request stands beside what was billed', () => {
  const row = { custom_id: 'a', result: message({}) };
  const facts = rowFacts(row, bundledModels);
  const billed = facts.tokens!.input + facts.tokens!.cacheRead + facts.tokens!.cacheWritten;
  const range = (expected: number) => ({ low: expected, expected, high: expected });
  const estimate = {
    inputTokens: range(billed * 0.5),
    outputTokens: range(10),
    inputParts: { system: 0, tools: 0, messages: 0, media: 0 },
    usd: { input: range(0.5), output: range(0.25) },
    standardUsd: null,
  };
  const said = (of: typeof estimate | null) =>
    answerOf(facts, row, { ...asked, estimate: of }).facts.find(({ label }) => label === 'Estimated')?.value;
  assert.match(said(estimate) ?? '', /^≈ \$0\.75 · [\d,]+ tokens in, 50 % too low$/);
  assert.equal(said(null), undefined);
});
