import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isLineFault, namedRequest, placeOfFault } from '../../batch/api-fault';
import { jsonPointer } from '../../batch/finding';
import type { Json } from '../../batch/json';

const LINE: Json = {
  custom_id: 'a',
  params: {
    model: 'claude-of-yesterday',
    max_tokens: 9_999_999,
    thinking: { type: 'enabled', budget_tokens: 1 },
    output_config: { effort: 'max' },
    tool_choice: { type: 'any' },
    tools: [{ name: 'a b', cache_control: { type: 'ephemeral', scope: 'global' } }],
    system: [
      { type: 'text', text: ' ' },
      { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral', scope: 'global' } },
    ],
    messages: [
      { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A' } }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'x' },
          { type: 'tool_use', id: 't', name: 'x', input: {} },
        ],
      },
    ],
  },
};

/** What the API says, and where that is. */
const PLACES: readonly (readonly [message: string, at: 'value' | 'key', pointer: string])[] = [
  ['custom_id: Field required', 'value', '/custom_id'],
  ["requests.12.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'", 'value', '/custom_id'],
  ["requests: custom_id's must be unique within a batch. Duplicate custom_id found: a", 'value', '/custom_id'],
  ['requests.3.params.max_tokens: Input should be a valid integer', 'value', '/params/max_tokens'],
  ['model: claude-of-yesterday', 'value', '/params/model'],
  ['max_tokens: 9999999 > 64000, which is the maximum allowed number of output tokens', 'value', '/params/max_tokens'],
  ["tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'", 'value', '/params/tools/0/name'],
  ['tools.0.custom.input_schema: Field required', 'key', '/params/tools/0'],
  [
    'system.1.cache_control.ephemeral.scope: Extra inputs are not permitted',
    'value',
    '/params/system/1/cache_control/scope',
  ],
  [
    'messages.0.content.0.image.source.base64.data: The file format is invalid',
    'value',
    '/params/messages/0/content/0/source/data',
  ],
  ['messages.1.content.0.thinking.signature: Invalid', 'value', '/params/messages/1/content/0/signature'],
  ['messages.1.content.1.tool_use.name: String should have', 'value', '/params/messages/1/content/1/name'],
  ['messages.7: all messages must have non-empty content', 'key', '/params/messages'],
  ['"thinking.type.enabled" is not supported for this model.', 'value', '/params/thinking/type'],
  [
    "output_config.effort 'max' is not supported when thinking is disabled on this model.",
    'value',
    '/params/output_config/effort',
  ],
  ['tool_choice.any may only be specified while providing tools', 'key', '/params/tool_choice'],
  ['temperature: Extra inputs are not permitted', 'key', '/params'],
  ['Unable to download the file. Please verify the URL and try again.', 'key', '/params'],
  ['', 'key', '/params'],
];

for (const [message, at, pointer] of PLACES) {
  test(`the place of “${message.slice(0, 60)}”`, () => {
    const place = placeOfFault(message, LINE);
    assert.ok(place.at !== 'text');
    assert.deepEqual([place.at, jsonPointer(place.path)], [at, pointer]);
  });
}

test('a create refusal names its request by index or by id', () => {
  assert.deepEqual(namedRequest('requests.12.custom_id: Field required'), { index: 12, customId: null });
  assert.deepEqual(namedRequest('requests: … Duplicate custom_id found: a-1'), { index: null, customId: 'a-1' });
  assert.deepEqual(namedRequest('model: x'), { index: null, customId: null });
});

test('only what the line itself is refused for is the line’s', () => {
  const message = 'max_tokens: must be greater than or equal to 1';
  assert.equal(isLineFault({ type: 'invalid_request_error', message }), true);
  assert.equal(isLineFault({ type: 'not_found_error', message: 'model: x' }), true);
  for (const type of [
    'overloaded_error',
    'api_error',
    'timeout_error',
    'rate_limit_error',
    'permission_error',
    'billing_error',
  ])
    assert.equal(isLineFault({ type, message }), false);
  const billing = 'Your credit balance is too low to access the Anthropic API.';
  assert.equal(isLineFault({ type: 'invalid_request_error', message: billing }), false);
});

test('any text has a place in any line, and never fails', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z_.0-9]+: .*$/)), fc.json(), (message, json) => {
      assert.ok(placeOfFault(message, JSON.parse(json) as Json));
    }),
  );
});
