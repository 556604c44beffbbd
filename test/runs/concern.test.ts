import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concernOf } from '../../runs/concern';
import { shortMessageIn } from '../../runs/short-message';

const message = (content: unknown, stop_reason: unknown = 'end_turn') => ({ content, stop_reason }) as never;
const text = (words: string) => [{ type: 'text', text: words }];

test('an answer that is not whole is told by its stop reason, and an empty one by its content', () => {
  assert.equal(concernOf(message(text('Billing.'))), null);
  assert.equal(concernOf(message(text('Bill'), 'max_tokens')), 'max_tokens');
  assert.equal(concernOf(message([], 'refusal')), 'refusal');
  assert.equal(concernOf(message(text('a'), 'pause_turn')), 'pause_turn');
  assert.equal(concernOf(message(text('a'), 'model_context_window_exceeded')), 'model_context_window_exceeded');
  assert.equal(concernOf(message(text(' \n'))), 'empty');
  assert.equal(concernOf(message([{ type: 'thinking', thinking: 'Hm.' }])), 'empty');
  assert.equal(concernOf(message([{ type: 'tool_use', name: 'a', input: {} }], 'tool_use')), null);
  assert.equal(concernOf(message('odd', 'toString')), 'empty');
});

test('the bytes of a row say the same as what they mean', () => {
  const reasons = ['end_turn', 'stop_sequence', 'tool_use', 'max_tokens', 'refusal', 'pause_turn', 'x', null];
  const words = fc.string({
    unit: fc.constantFrom(' ', '"', '\\', '\n', 'a', 'é', '\u3000', ',"stop_reason":"end_turn"'),
  });
  const block = fc.oneof(
    words.map((said) => ({ type: 'text', text: said })),
    words.map((said) => ({ text: said, type: 'text' })),
    words.map((thinking) => ({ type: 'thinking', thinking })),
    words.map((said) => ({ type: 'tool_use', name: 'a', input: { stop_reason: 'refusal', said } })),
  );
  const model = fc.constant({ id: 'msg_1', type: 'message', role: 'assistant', model: 'm' });
  const rest = fc.record({
    content: fc.array(block, { maxLength: 3 }),
    stop_reason: fc.constantFrom(...reasons),
    usage: fc.constant({ input_tokens: 1 }),
  });
  const row = fc.oneof(
    rest,
    fc.tuple(model, rest, fc.constantFrom({}, { container: null })).map((parts) => Object.assign({}, ...parts)),
  );
  fc.assert(
    fc.property(row, fc.integer({ min: 0, max: 1 }), (said, indent) => {
      const line = JSON.stringify({ custom_id: 'a', result: { type: 'succeeded', message: said } }, null, indent);
      const short = shortMessageIn(Buffer.from(line)) ?? {};
      assert.equal(concernOf(short), concernOf(said));
      assert.deepEqual([short.stop_reason, short.usage], [said.stop_reason, said.usage]);
    }),
    { numRuns: 2000 },
  );
});
