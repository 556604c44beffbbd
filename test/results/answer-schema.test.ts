import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedJson, fieldsAsked, fieldText, fitOf } from '../../results/answer-schema';
import { answered } from './rows';

const schema = {
  type: 'object',
  properties: { label: { enum: ['billing', 'other'] }, score: { type: 'number' } },
  required: ['label'],
  additionalProperties: false,
};
const request = (params: object) => askedJson({ custom_id: 'a', params });
const format = request({ output_config: { format: { type: 'json_schema', schema } } });
const row = (text: string, changes: object = {}) => JSON.parse(answered('a', text, changes));

test('an answer is held against the schema of its request', () => {
  assert.ok(format);
  assert.deepEqual(fieldsAsked(format), ['label', 'score']);
  const good = fitOf(format, row('{"label":"billing","score":1}'));
  assert.equal(good?.fault, null);
  assert.deepEqual(
    [...(good?.fields ?? [])],
    [
      ['label', 'billing'],
      ['score', 1],
    ],
  );
  assert.match(fitOf(format, row('{"label":"refund"}'))?.fault ?? '', /^\/label: /);
  assert.match(fitOf(format, row('{"score":1}'))?.fault ?? '', /label/);
  assert.equal(fitOf(format, row('Billing.'))?.fault, 'The answer is no JSON.');
  assert.equal(fitOf(format, { custom_id: 'a', result: { type: 'expired' } }), null);
});

test('so is the input of a strict tool, and of no other', () => {
  const tools = [
    { name: 'record', strict: true, input_schema: schema },
    { name: 'free', input_schema: schema },
  ];
  const asked = request({ tools });
  assert.ok(asked);
  const call = (name: string, input: object) => row('', { content: [{ type: 'tool_use', id: 't', name, input }] });
  assert.equal(fitOf(asked, call('record', { label: 'other' }))?.fault, null);
  assert.match(fitOf(asked, call('record', { label: 3 }))?.fault ?? '', /label/);
  assert.equal(fitOf(asked, call('free', { label: 3 })), null);
});

test('a request without a schema asks for nothing, and a schema that is none judges nothing', () => {
  assert.equal(request({ tools: [{ name: 'a' }, null] }), null);
  assert.equal(askedJson(null), null);
  const odd = request({ output_config: { format: { schema: { type: 7, $ref: '#/nowhere', pattern: '(' } } } });
  assert.equal(odd && fitOf(odd, row('"x"'))?.fault, null);
  assert.deepEqual([fieldText('a'), fieldText({ b: 1 }), fieldText(undefined)], ['a', '{"b":1}', '']);
});
