import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledModels } from '../../../batch/cost/models';
import { estimateInputTokens } from '../../../batch/cost/tokens';
import type { JsonObject } from '../../../batch/json';

const OLD = 'claude-haiku-4-5';

test('a tool costs the prompt of its model, a forced one more, and its own JSON', () => {
  const tools = [{ name: 'f', description: 'Adds.', input_schema: { type: 'object', properties: {} } }];
  const none = expected({});
  assert.ok(within(expected({ tools }) - none, 496 + 20, 536), 'auto');
  assert.equal(expected({ tools, tool_choice: { type: 'any' } }) - expected({ tools }), 588 - 496);
});

test('a tool that is loaded later is read once a message refers to it', () => {
  const lazy = { name: 'rates', description: 'Looks up rates. '.repeat(20), input_schema: { type: 'object' } };
  const tools = [{ ...lazy, defer_loading: true }];
  const reference = [{ type: 'tool_reference', tool_name: 'rates' }];
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: reference }] };
  const unread = expected({ tools, messages: [result, { role: 'user', content: 'x' }] });
  assert.ok(expected({ tools: [lazy] }) > expected({ tools }) + 60);
  assert.ok(unread > expected({ tools }) + 60);
});

test('thinking of an earlier turn is not read again, and of a turn that goes on it is', () => {
  const thinking = {
    type: 'thinking',
    thinking: 'Let me see what that may mean. '.repeat(20),
    signature: 'A'.repeat(500),
  };
  const call = { type: 'tool_use', id: 'a', name: 'f', input: {} };
  const asked = { role: 'user', content: 'Hi' };
  const ended = [asked, { role: 'assistant', content: [thinking, call] }, { role: 'user', content: 'And?' }];
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'ok' }] };
  assert.ok(expected({ messages: ended }) < 60);
  assert.ok(expected({ messages: [...ended.slice(0, 2), result] }) > 150);
});

test('a picture costs its patches, and one behind a URL may be of any size', () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const image = (source: JsonObject) => ({ messages: [{ role: 'user', content: [{ type: 'image', source }] }] });
  const small = estimate(image({ type: 'base64', media_type: 'image/png', data: png }));
  const far = estimate(image({ type: 'url', url: 'https://example.com/a.png' }));
  assert.ok(within(small.expected, 8, 16));
  assert.ok(far.low < 80 && far.high > 1568);
});

test('the range holds what is expected, and is the wider the less is known', () => {
  const width = ({ low, high }: { low: number; high: number }) => high / low;
  const of = (content: string) => estimate({ messages: [{ role: 'user', content }] });
  const english = of('The meeting has been moved to the afternoon. '.repeat(50));
  const japanese = of('会議は午後に変更されました。'.repeat(50));
  assert.ok(english.low < english.expected && english.expected < english.high);
  assert.ok(width(english) <= 1.4 && width(japanese) > width(english));
});

test('nothing that stands for a request makes the estimate fail', () => {
  const odd: JsonObject[] = [
    {},
    { messages: 'x', system: 5, tools: {} },
    { messages: [null, 1, { content: [{ type: 'tool_use' }, { type: 'document', source: 'x' }, 'text'] }] },
    { tools: [{ type: 'web_search_20250305', name: 'web_search' }, { name: 5 }], tool_choice: 'auto' },
  ];
  for (const params of odd) assert.ok(Number.isFinite(estimateInputTokens(params, undefined).high));
});

function estimate(params: JsonObject) {
  const whole = { model: OLD, max_tokens: 16, messages: [{ role: 'user', content: 'x' }], ...params };
  return estimateInputTokens(whole, bundledModels.find(OLD));
}

function expected(params: JsonObject): number {
  return estimate(params).expected;
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
