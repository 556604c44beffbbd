import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createBatchesApi } from '../../runs/batches-api';
import { isRunError } from '../../runs/run-error';
import { newWorld } from './setup';

/** Spaces, an escape and a number that no serialiser writes so. */
const PARAMS = Buffer.from(
  '{ "model":"claude-haiku-4-5",  "max_tokens": 1.6e1, "messages":[{"role":"user","content":"Gr\\u00fc\\u00dfe, ü"}] }',
);

test('a request is sent alone, byte for byte, under its version and betas, once', async (t) => {
  const { sandbox } = await newWorld(t);
  const betas = ['files-api-2025-04-14'];
  const auth = { apiKey: sandbox.token };
  const api = createBatchesApi({ baseUrl: sandbox.url, auth, apiVersion: '2023-06-01', betas });
  const message = await api.message(PARAMS);
  assert.equal(message.model, 'claude-haiku-4-5-20251001');
  assert.equal(message.usage.service_tier, 'standard');
  assert.match(message.content[0]?.type === 'text' ? message.content[0].text : '', /^\[sandbox\]/);
  const [arrived, ...more] = sandbox.requests;
  assert.deepEqual(more, []);
  assert.deepEqual(
    [arrived?.method, arrived?.path, arrived?.bytes, arrived?.sha256],
    ['POST', '/v1/messages', PARAMS.length, createHash('sha256').update(PARAMS).digest('hex')],
  );
  assert.equal(arrived?.headers['anthropic-version'], '2023-06-01');
  assert.equal(arrived?.headers['anthropic-beta'], betas[0]);
});

test('what the API refuses of it is told in its own words, as a row of a batch would', async (t) => {
  const { api } = await newWorld(t);
  const refusal = async (changes: object) => {
    const params = { ...JSON.parse(PARAMS.toString()), ...changes };
    const error = await api.message(Buffer.from(JSON.stringify(params))).catch((thrown: unknown) => thrown);
    assert.ok(isRunError(error));
    return error.said;
  };
  assert.deepEqual(await refusal({ max_tokens: undefined }), {
    type: 'invalid_request_error',
    message: 'max_tokens: Field required',
  });
  assert.deepEqual(await refusal({ model: 'claude-none' }), { type: 'not_found_error', message: 'model: claude-none' });
});

test('nothing is sent a second time by itself, whatever goes wrong', async (t) => {
  const { api, sandbox, arrived } = await newWorld(t);
  for (const [fault, kind] of [
    [{ on: 'message', kind: 'answer', status: 529 }, 'overloaded'],
    [{ on: 'message', kind: 'answer', status: 429, retryAfter: '0' }, 'rate-limit'],
    [{ on: 'message', kind: 'drop', when: 'after-work' }, 'network'],
  ] as const) {
    const before = arrived('POST', '/v1/messages');
    sandbox.faults.push(fault);
    await assert.rejects(api.message(PARAMS), (error) => isRunError(error) && error.kind === kind);
    assert.equal(arrived('POST', '/v1/messages'), before + 1);
  }
});

test('it can be canceled while the answer is waited for', async (t) => {
  const { api, sandbox } = await newWorld(t);
  const abort = new AbortController();
  const until = new Promise<void>((resolve) => t.after(() => resolve()));
  sandbox.faults.push({ on: 'message', kind: 'hold', when: 'after-work', until });
  const asking = api.message(PARAMS, abort.signal);
  setImmediate(() => abort.abort());
  await assert.rejects(asking, (error) => isRunError(error) && error.kind === 'canceled');
});
