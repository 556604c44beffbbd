import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedJson, fieldsAsked, fieldsIn, fieldText, SchemaJudge } from '../../results/answer-schema';
import { answered } from './rows';

const judge = new SchemaJudge();
const faultIn = (...pair: Parameters<typeof judge.faultIn>) => judge.faultIn(...pair);

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
  const good = row('{"label":"billing","score":1}');
  assert.equal(faultIn(format, good), null);
  assert.deepEqual(
    [...(fieldsIn(format, good) ?? [])],
    [
      ['label', 'billing'],
      ['score', 1],
    ],
  );
  assert.match(faultIn(format, row('{"label":"refund"}')) ?? '', /^\/label: /);
  assert.match(faultIn(format, row('{"score":1}')) ?? '', /label/);
  assert.equal(faultIn(format, row('Billing.')), 'The answer is no JSON.');
  const expired = { custom_id: 'a', result: { type: 'expired' } };
  assert.deepEqual([faultIn(format, expired), fieldsIn(format, expired)], [null, null]);
});

test('so is the input of a strict tool, and of no other', () => {
  const tools = [
    { name: 'record', strict: true, input_schema: schema },
    { name: 'free', input_schema: schema },
  ];
  const asked = request({ tools });
  assert.ok(asked);
  const call = (name: string, input: object) => row('', { content: [{ type: 'tool_use', id: 't', name, input }] });
  assert.equal(faultIn(asked, call('record', { label: 'other' })), null);
  assert.match(faultIn(asked, call('record', { label: 3 })) ?? '', /label/);
  assert.equal(fieldsIn(asked, call('free', { label: 3 })), null);
  const calls = [{ label: 'other' }, { label: 3 }].map((input) => ({
    type: 'tool_use',
    id: 't',
    name: 'record',
    input,
  }));
  assert.match(faultIn(asked, row('', { content: calls })) ?? '', /label/);
});

test('a request without a schema asks for nothing, and a schema that is none judges nothing', () => {
  assert.equal(request({ tools: [{ name: 'a' }, null] }), null);
  assert.equal(askedJson(null), null);
  const odd = request({ output_config: { format: { schema: { type: 7, $ref: '#/nowhere', pattern: '(' } } } });
  assert.equal(odd && faultIn(odd, row('"x"')), null);
  assert.deepEqual([fieldText('a'), fieldText({ b: 1 }), fieldText(undefined)], ['a', '{"b":1}', '']);
});
