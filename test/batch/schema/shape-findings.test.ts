import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChanges, toTextChanges } from '../../../batch/apply-edits';
import { jsonPointer } from '../../../batch/finding';
import type { Json } from '../../../batch/json';
import { shapeFindings } from '../../../batch/schema/shape-findings';

const GOOD = { model: 'claude-haiku-5-5', max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }] };
const TOOL = { name: 'lookup', input_schema: { type: 'object', properties: {} } };

/** What stands in params beside or instead of the good; `without` leaves out; the findings; params after the first fix. */
interface Case {
  readonly params: Record<string, unknown>;
  readonly without?: string;
  readonly finds: readonly string[];
  readonly fixed?: Record<string, unknown>;
  readonly preferred?: boolean;
}

const content = (...blocks: unknown[]): Record<string, unknown> => ({ messages: [{ role: 'user', content: blocks }] });

const cases: Readonly<Record<string, Case>> = {
  'a slip in a name is a rename': {
    params: { max_token: 64 },
    without: 'max_tokens',
    finds: [
      'unknown-field /params/max_token: max_token is not a field of params (as of 2026-11-19); did you mean max_tokens?',
    ],
    fixed: {},
    preferred: true,
  },
  'camelCase is no slip': {
    params: { stopSequences: ['END'] },
    finds: [
      'unknown-field /params/stopSequences: stopSequences is not a field of params (as of 2026-11-19); did you mean stop_sequences?',
    ],
    fixed: { stop_sequences: ['END'] },
    preferred: true,
  },
  'a name like no other can only go': {
    params: { bogus: 1 },
    finds: [
      'unknown-field /params/bogus: bogus is not a field of params (as of 2026-11-19), and the API refuses unknown fields.',
    ],
    fixed: {},
  },
  'a name that is known elsewhere': {
    params: { thinking: { type: 'disabled', display: 'omitted' } },
    finds: [
      'unknown-field /params/thinking/display: display is not a field of thinking of type "disabled" (as of 2026-11-19), and the API refuses unknown fields.',
    ],
    fixed: { thinking: { type: 'disabled' } },
  },
  "OpenAI's name with the same value": {
    params: { max_completion_tokens: 64 },
    without: 'max_tokens',
    finds: [
      "unknown-field /params/max_completion_tokens: max_completion_tokens is OpenAI's name; the Messages API calls it max_tokens.",
    ],
    fixed: {},
    preferred: true,
  },
  "OpenAI's name with a text for a list": {
    params: { stop: 'END' },
    finds: ["unknown-field /params/stop: stop is OpenAI's name; the Messages API calls it stop_sequences."],
    fixed: { stop_sequences: ['END'] },
  },
  "OpenAI's name for a field in a field": {
    params: { user: 'u1' },
    finds: ["unknown-field /params/user: user is OpenAI's name; the Messages API calls it metadata.user_id."],
    fixed: { metadata: { user_id: 'u1' } },
  },
  'the same where the outer field is there': {
    params: {
      output_config: { effort: 'low' },
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: {} } },
    },
    finds: [
      "unknown-field /params/response_format: response_format is OpenAI's name; the Messages API calls it output_config.format.",
    ],
    fixed: { output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } } },
  },
  'a field of OpenAI without a counterpart': {
    params: { seed: 7 },
    finds: ["unknown-field /params/seed: seed is OpenAI's name and has no counterpart here; remove it."],
    fixed: {},
  },
  'options of an SDK are told of by their own rule': { params: { extra_headers: {} }, finds: [] },
  "OpenAI's calls of tools": {
    params: {
      messages: [
        { role: 'user', content: 'Hi' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
        },
      ],
    },
    finds: [
      "unknown-field /params/messages/1/tool_calls: tool_calls is OpenAI's name and is written as tool_use blocks in content here.",
    ],
    fixed: {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'f', input: { a: 1 } }] },
      ],
    },
  },
  "OpenAI's tool": {
    params: {
      tools: [{ type: 'function', function: { name: 'lookup', parameters: { type: 'object', properties: {} } } }],
    },
    finds: [
      'unknown-type /params/tools/0/type: type is "function", which is OpenAI\'s; the Messages API calls it "custom".',
    ],
    fixed: { tools: [TOOL] },
  },
  "OpenAI's parameters in a tool are one mistake": {
    params: { tools: [{ name: 'lookup', parameters: { type: 'object', properties: {} } }] },
    finds: [
      "unknown-field /params/tools/0/parameters: parameters is OpenAI's name; the Messages API calls it input_schema.",
    ],
    fixed: { tools: [TOOL] },
    preferred: true,
  },
  "OpenAI's choice of a tool": {
    params: { tools: [TOOL], tool_choice: { type: 'function', function: { name: 'lookup' } } },
    finds: [
      'unknown-type /params/tool_choice/type: type is "function", which is OpenAI\'s; the Messages API calls it "tool".',
    ],
    fixed: { tools: [TOOL], tool_choice: { type: 'tool', name: 'lookup' } },
  },
  "OpenAI's image as bytes": {
    params: content({ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }),
    finds: [
      'unknown-type /params/messages/0/content/0/type: type is "image_url", which is OpenAI\'s; the Messages API calls it "image".',
    ],
    fixed: content({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }),
  },
  'a role that is said elsewhere': {
    params: { messages: [{ role: 'developer', content: 'Be terse.' }] },
    finds: [
      'unknown-type /params/messages/0/role: role is "developer", and must be "user", "assistant" or "system": instructions belong in system, beside messages.',
    ],
  },
  "another service's role": {
    params: { messages: [{ role: 'human', content: 'Hi' }] },
    finds: [
      'unknown-type /params/messages/0/role: role is "human", and must be "user", "assistant" or "system"; did you mean "user"?',
    ],
    fixed: {},
  },
  'a slip in a type': {
    params: content({ type: 'txt', text: 'Hi' }),
    finds: [
      'unknown-type /params/messages/0/content/0/type: type is "txt", and must be one of 24 values ("text", "image", "document", "search_result", …); did you mean "text"?',
    ],
    fixed: content({ type: 'text', text: 'Hi' }),
    preferred: true,
  },
  'a type that only one kind of object can have': {
    params: content({ text: 'Hi' }),
    finds: [
      'missing-field /params/messages/0/content/0: type is missing from a content block; it must be one of 24 values ("text", "image", "document", "search_result", …).',
    ],
    fixed: content({ type: 'text', text: 'Hi' }),
    preferred: true,
  },
  'a missing number with a value to begin with': {
    params: {},
    without: 'max_tokens',
    finds: ['missing-field /params: max_tokens is missing from params, and the API requires it.'],
    fixed: { max_tokens: 1024 },
  },
  'a missing text is the person’s to write': {
    params: {},
    without: 'model',
    finds: ['missing-field /params: model is missing from params, and the API requires it.'],
  },
  'a number as a text': {
    params: { max_tokens: '64' },
    finds: ['wrong-type /params/max_tokens: max_tokens is the string "64", and must be an integer.'],
    fixed: {},
    preferred: true,
  },
  'a text as a number': {
    params: { metadata: { user_id: 7 } },
    finds: ['wrong-type /params/metadata/user_id: user_id is the number 7, and must be a string.'],
    fixed: { metadata: { user_id: '7' } },
    preferred: true,
  },
  'one for a list': {
    params: { system: { type: 'text', text: 'Be terse.' } },
    finds: ['wrong-type /params/system: system is an object, and must be a string or an array.'],
    fixed: { system: [{ type: 'text', text: 'Be terse.' }] },
  },
  'null where it does not count as left out': {
    params: { system: null },
    finds: ['wrong-type /params/system: system is null, and must be a string or an array; leave it out to have none.'],
    fixed: {},
  },
  'the name of a kind for the object': {
    params: { tools: [TOOL], tool_choice: 'auto' },
    finds: ['wrong-type /params/tool_choice: tool_choice is the string "auto", and must be an object.'],
    fixed: { tools: [TOOL], tool_choice: { type: 'auto' } },
  },
  "OpenAI's word for any tool": {
    params: { tools: [TOOL], tool_choice: 'required' },
    finds: ['wrong-type /params/tool_choice: tool_choice is the string "required", and must be an object.'],
    fixed: { tools: [TOOL], tool_choice: { type: 'any' } },
  },
  'true for the only object there is': {
    params: { cache_control: true },
    finds: ['wrong-type /params/cache_control: cache_control is true, and must be an object.'],
    fixed: { cache_control: { type: 'ephemeral' } },
  },
  'a value that is not in a list': {
    params: { output_config: { effort: 'hihg' } },
    finds: [
      'invalid-value /params/output_config/effort: effort is "hihg", and must be "low", "medium", "high", "xhigh" or "max".',
    ],
    fixed: { output_config: { effort: 'high' } },
    preferred: true,
  },
  'a number that is too small': {
    params: { max_tokens: 4096, thinking: { type: 'enabled', budget_tokens: 500 } },
    finds: ['invalid-value /params/thinking/budget_tokens: budget_tokens is 500, and must be at least 1024.'],
    fixed: { max_tokens: 4096, thinking: { type: 'enabled', budget_tokens: 1024 } },
  },
  'a text that is too long': {
    params: { metadata: { user_id: 'é'.repeat(257) } },
    finds: ['invalid-value /params/metadata/user_id: user_id has 257 characters, and may have at most 256.'],
  },
  'characters that a name may not have': {
    params: { tools: [{ ...TOOL, name: 'look up' }] },
    finds: ['invalid-value /params/tools/0/name: name is "look up", and may hold only letters, digits, "_" and "-".'],
    fixed: { tools: [{ ...TOOL, name: 'look-up' }] },
  },
  'nothing where something must be': {
    params: { messages: [], model: '' },
    finds: [
      'invalid-value /params/messages: messages is empty, and needs at least 1 message.',
      'invalid-value /params/model: model is empty, and needs at least 1 character.',
    ],
  },
  'sampling parameters and stream have their own rules': {
    params: { temperature: 3, top_k: -1, stream: true, speed: 'fast' },
    finds: [],
  },
  'keys that JavaScript knows are fields like others': {
    params: JSON.parse('{"__proto__": {"model": 1}, "constructor": 1}'),
    finds: [
      'unknown-field /params/__proto__: __proto__ is not a field of params (as of 2026-11-19), and the API refuses unknown fields.',
      'unknown-field /params/constructor: constructor is not a field of params (as of 2026-11-19), and the API refuses unknown fields.',
    ],
  },
};

for (const [name, { params, without, finds, fixed, preferred = false }] of Object.entries(cases)) {
  test(name, () => {
    const line = lineOf(params, without);
    const findings = shapeFindings(JSON.parse(line) as Json);
    assert.deepEqual(
      findings.map(
        ({ rule, place, message }) => `${rule} ${'path' in place ? jsonPointer(place.path) : ''}: ${message}`,
      ),
      finds,
    );
    const [fix] = findings[0]?.fixes ?? [];
    if (!fixed) return;
    assert.ok(fix);
    assert.equal(fix.preferred ?? false, preferred);
    const mended = JSON.parse(applyChanges(line, toTextChanges(line, fix.edits))) as Json;
    assert.deepEqual(mended, JSON.parse(lineOf(fixed)));
    assert.deepEqual(shapeFindings(mended), []);
  });
}

test('a line without params, and one with what is not its own', () => {
  assert.deepEqual(
    shapeFindings({ custom_id: 'a' }).map(({ message }) => message),
    ['params is missing from a request, and the API requires it.'],
  );
  assert.deepEqual(
    shapeFindings({ customId: 'a', params: GOOD }).map(({ message }) => message),
    ['customId is not a field of a request (as of 2026-11-19); did you mean custom_id?'],
  );
});

test('what the API counts as left out, or takes beside what is documented', () => {
  const accepted = [
    { cache_control: null },
    { tools: [{ ...TOOL, type: null, cache_control: null }] },
    { container: 'container_1' },
    { user_profile_id: 'u' },
    content({ type: 'text', text: '', citations: null }),
    {
      messages: [
        { role: 'assistant', content: 'Hi' },
        { role: 'assistant', content: [] },
      ],
    },
  ];
  for (const params of accepted)
    assert.deepEqual(shapeFindings({ custom_id: 'a', params: { ...GOOD, ...params } as Json }), []);
});

function lineOf(params: Record<string, unknown>, without?: string): string {
  const all = Object.entries(GOOD).filter(([name]) => name !== without && !Object.hasOwn(params, name));
  const own = JSON.stringify(params).slice(1);
  return `{"custom_id":"a","params":{${all.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}${own === '}' ? '}' : `,${own}`}}`;
}
