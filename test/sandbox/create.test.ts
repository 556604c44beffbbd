import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BodySplitter } from '../../sandbox/body-splitter';
import { call, requests, sandboxFor } from './client';

const PARAMS = { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hello' }] };
const LONG_ID = 'a'.repeat(65);

/** Bodies that the API refuses at create, and what it says. */
const REFUSED: readonly (readonly [body: unknown, message: string])[] = [
  [{ requests: [] }, 'requests: List should have at least 1 item after validation, not 0'],
  [{}, 'requests: Field required'],
  [{ requests: 'all' }, 'requests: Input should be a valid list'],
  [[], 'Input should be an object'],
  [{ requests: [1] }, 'requests.0: Input should be an object'],
  [{ requests: [{ params: PARAMS }] }, 'requests.0.custom_id: Field required'],
  [{ requests: [{ custom_id: 7, params: PARAMS }] }, 'requests.0.custom_id: Input should be a valid string'],
  [{ requests: [{ custom_id: '', params: PARAMS }] }, 'requests.0.custom_id: String should have at least 1 character'],
  [
    { requests: [{ custom_id: LONG_ID, params: PARAMS }] },
    'requests.0.custom_id: String should have at most 64 characters',
  ],
  [
    {
      requests: [
        { custom_id: 'ok', params: PARAMS },
        { custom_id: 'a:b', params: PARAMS },
      ],
    },
    "requests.1.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'",
  ],
  [{ requests: [{ custom_id: 'a' }] }, 'requests.0.params: Field required'],
  [{ requests: [{ custom_id: 'a', params: [] }] }, 'requests.0.params: Input should be an object'],
  [
    { requests: [{ custom_id: 'a', params: PARAMS, method: 'POST' }] },
    'requests.0.method: Extra inputs are not permitted',
  ],
  [{ requests: [{ custom_id: 'a', params: PARAMS }], betas: [] }, 'betas: Extra inputs are not permitted'],
  [
    {
      requests: [
        { custom_id: 'dup', params: PARAMS },
        { custom_id: 'dup', params: PARAMS },
      ],
    },
    "requests: custom_id's must be unique within a batch. Duplicate custom_id found: dup",
  ],
  [
    { requests: [{ custom_id: 'dup', params: PARAMS }, { custom_id: 'dup', params: PARAMS }, { params: PARAMS }] },
    'requests.2.custom_id: Field required',
  ],
];

/** Texts that are not JSON, whole or in one request. */
const NOT_JSON: readonly (readonly [body: string | Buffer, reason: string])[] = [
  ['', 'unexpected end of data'],
  ['{"requests":[', 'unexpected character'],
  ['{"requests":[{"custom_id":"a","params":{}}', 'unexpected character'],
  ['{"requests":[{"custom_id":"a","params":{}},]}', 'unexpected character'],
  ['{"requests":[{"custom_id":"a","params":{]}]}', 'unexpected character'],
  ['{"requests":[{"custom_id":"a","params":{"a":"\\ud83d"}}]}', 'no low surrogate in string'],
  [
    Buffer.from([...Buffer.from('{"requests":[{"custom_id":"'), 0xff, ...Buffer.from('","params":{}}]}')]),
    'str is not valid UTF-8: surrogates not allowed',
  ],
];

test('what the API checks at create refuses the whole batch, in its words', async (t) => {
  const { sandbox } = await sandboxFor(t);
  for (const [body, message] of REFUSED) {
    const answer = await call(sandbox, '/v1/messages/batches', { method: 'POST', body: JSON.stringify(body) });
    assert.equal(answer.status, 400);
    assert.deepEqual(await errorOf(answer), { type: 'invalid_request_error', message });
  }
  assert.deepEqual(sandbox.batches(), []);
});

test('a body that is not JSON is refused', async (t) => {
  const { sandbox } = await sandboxFor(t);
  for (const [body, reason] of NOT_JSON) {
    const answer = await call(sandbox, '/v1/messages/batches', { method: 'POST', body });
    assert.deepEqual(await errorOf(answer), {
      type: 'invalid_request_error',
      message: `The request body is not valid JSON: ${reason}`,
    });
  }
});

test('what stands in params is accepted at create, whatever it is', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const params = { model: 'no-such-model', stream: true, nonsense: { '\u2028': '\ud83d\ude00 \\ud83d' } };
  await client.post('/v1/messages/batches', { body: { requests: [{ custom_id: '__proto__', params }] } });
  assert.equal(sandbox.batches().length, 1);
});

test('limits: too many requests, too many bytes', async (t) => {
  const { sandbox } = await sandboxFor(t, { maxRequests: 2, maxBytes: 1000 });
  const post = (count: number) =>
    call(sandbox, '/v1/messages/batches', { method: 'POST', body: JSON.stringify({ requests: requests(count) }) });
  assert.equal((await post(2)).status, 200);
  const tooMany = await post(3);
  assert.equal((await errorOf(tooMany)).message, 'requests: List should have at most 2 items after validation, not 3');
  const tooLarge = await post(50);
  assert.equal(tooLarge.status, 413);
  assert.deepEqual(await errorOf(tooLarge), { type: 'request_too_large', message: 'Request exceeds the maximum size' });
});

test('a body is split alike however it is cut into chunks', () => {
  const body = fc.record({ requests: fc.array(fc.jsonValue(), { maxLength: 6 }), other: fc.jsonValue() });
  fc.assert(
    fc.property(body, fc.boolean(), fc.integer({ min: 1, max: 9 }), (value, isPretty, chunkBytes) => {
      const bytes = Buffer.from(JSON.stringify(value, null, isPretty ? 2 : 0));
      const split: unknown[] = [];
      const splitter = new BodySplitter((request) => split.push(JSON.parse(request.toString())));
      for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes));
      const plain = JSON.parse(bytes.toString());
      assert.deepEqual(split, plain.requests);
      assert.deepEqual(JSON.parse(splitter.frame), { ...plain, requests: plain.requests.map(() => null) });
    }),
  );
});

async function errorOf(answer: Response): Promise<{ type: string; message: string }> {
  const body = (await answer.json()) as { error: { type: string; message: string } };
  return body.error;
}
