import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LINE_SHAPES, shapeOf } from '../../batch/convert';
import { CREATE_BODY, requestsIn } from '../../batch/convert/create-body';
import { fromOpenAiLine } from '../../batch/convert/from-openai';
import type { JsonObject } from '../../batch/json';
import { analyseLine } from '../../batch/lint';
import { context } from '../support/contexts';
import { oddRequests } from '../support/odd-lines';
import { validRequests } from './valid-requests';

const MODEL = 'claude-haiku-4-5';

/** A request as the shapes take it. */
const asRequest = (line: JsonObject) => ({ custom_id: String(line.custom_id), params: line.params as JsonObject });

test('there and back is the same request where nothing is lost', () => {
  const whole = new Map(LINE_SHAPES.map(({ id }) => [id, 0]));
  fc.assert(
    fc.property(validRequests, ({ line: generated }) => {
      const line = JSON.parse(JSON.stringify(generated)) as JsonObject;
      const model = String((line.params as JsonObject).model);
      for (const shape of LINE_SHAPES) {
        const there = shape.write(asRequest(line));
        assert.equal(shapeOf(there.value), shape);
        const back = shape.read(there.value, { model });
        // What came back is what the other shape can hold: it makes the way again unchanged, with nothing left to lose.
        const again = shape.write(asRequest(back.value));
        assert.deepEqual(shape.read(again.value, { model }), { value: back.value, lost: [] });
        if (there.lost.some((name) => name !== 'model')) continue;
        assert.deepEqual(back, { value: line, lost: [] });
        whole.set(shape.id, (whole.get(shape.id) ?? 0) + 1);
      }
    }),
    { numRuns: 10_000 },
  );
  for (const [id, count] of whole) assert.ok(count > 0, `only ${count} requests came back whole from ${id}`);
});

test('an OpenAI request as people write it', () => {
  const { value, lost } = fromOpenAiLine(
    {
      custom_id: 'request-1',
      method: 'POST',
      url: '/v1/chat/completions',
      body: {
        model: 'gpt-4o-mini',
        max_tokens: 100,
        seed: 7,
        response_format: { type: 'json_object' },
        parallel_tool_calls: false,
        tools: [{ type: 'function', function: { name: 'find', parameters: { type: 'object' } } }],
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'find', arguments: '{"a":1}' } }],
          },
          { role: 'tool', tool_call_id: 'call_1', content: 'found' },
          { role: 'user', content: 'And now?' },
        ],
      },
    },
    { model: MODEL },
  );
  assert.deepEqual(value, {
    custom_id: 'request-1',
    params: {
      max_tokens: 100,
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
      tools: [{ name: 'find', input_schema: { type: 'object' } }],
      model: MODEL,
      system: 'Be brief.',
      messages: [
        {
          role: 'user',
          content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'find', input: { a: 1 } }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1', content: 'found' },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
    },
  });
  assert.deepEqual(lost, [
    'seed',
    'response_format {"type":"json_object"}',
    `model "gpt-4o-mini", which is ${MODEL} now`,
  ]);
  const { findings } = analyseLine(JSON.stringify(value), context());
  assert.deepEqual(
    findings
      .filter(({ severity, rule }) => severity === 'error' && rule !== 'image-data')
      .map(({ message }) => message),
    [],
  );
});

test('records of the clouds', () => {
  const [, bedrock, vertex] = LINE_SHAPES;
  const input = { max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };
  const wanted = { custom_id: 'CALL0000001', params: { model: MODEL, ...input } };
  assert.deepEqual(
    bedrock?.read(
      { recordId: 'CALL0000001', modelInput: { anthropic_version: 'bedrock-2023-05-31', ...input } },
      { model: MODEL },
    ),
    { value: wanted, lost: [] },
  );
  assert.deepEqual(
    vertex?.read({ custom_id: 'CALL0000001', request: { ...input, anthropic_beta: ['x'] } }, { model: MODEL }),
    {
      value: wanted,
      lost: ['anthropic_beta'],
    },
  );
});

test('a create body keeps its requests byte for byte, one a line', () => {
  const requests = ['{"custom_id":"a","params":{"max_tokens":1.0,"x":"]}\\""}}', '{"custom_id":"b", "params":{}}'];
  const { start, between, end } = CREATE_BODY;
  assert.deepEqual(requestsIn(start + requests.join(between) + end), requests);
  assert.deepEqual(requestsIn(`[\n  ${requests.join(',\n  ')}\n]`), requests);
  assert.deepEqual(requestsIn('{"requests": [{\n "a": 1,\n "b": [1, 2]\n}]}'), ['{"a":1,"b":[1,2]}']);
  assert.deepEqual(requestsIn('{"requests":[]}'), []);
  assert.equal(requestsIn('{"requests":[{"a":1}'), null);
  assert.equal(requestsIn('{"custom_id":"a"}'), null);
});

test('whatever requests a create body is made of come out byte for byte', () => {
  const { start, between, end } = CREATE_BODY;
  fc.assert(
    fc.property(fc.array(oddRequests, { minLength: 1, maxLength: 5 }), (lines) => {
      const bare = lines.map((line) => line.trim());
      assert.deepEqual(requestsIn(start + lines.join(between) + end), bare);
    }),
    { numRuns: 500 },
  );
});

test('no value makes a conversion throw', () => {
  const anything = fc.dictionary(
    fc.constantFrom('custom_id', 'recordId', 'body', 'request', 'modelInput', 'params', 'url'),
    fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue())),
  ) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(anything, (value) => {
      for (const shape of LINE_SHAPES) {
        shape.read(value, { model: MODEL });
        shape.write({ custom_id: 'a', params: (value.params ?? {}) as JsonObject });
      }
    }),
  );
});

const KEYS = ['messages', 'tools', 'tool_choice', 'response_format', 'input', 'system', 'stop', 'parallel_tool_calls'];
