import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { call, requests, sandboxFor } from './client';

const BATCHES = '/v1/messages/batches';

test('answers carry the headers of the API', async (t) => {
  const { sandbox, client } = await sandboxFor(t, { retryAfterSeconds: 7 });
  const { id } = await client.messages.batches.create({ requests: requests(1) });
  const running = await call(sandbox, `${BATCHES}/${id}`);
  assert.match(running.headers.get('request-id') ?? '', /^req_/);
  assert.match(running.headers.get('anthropic-organization-id') ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(running.headers.get('content-type'), 'application/json');
  assert.equal(running.headers.get('retry-after'), '7');
  await sandbox.end(id);
  assert.equal((await call(sandbox, `${BATCHES}/${id}`)).headers.get('retry-after'), null);
  const results = await call(sandbox, `${BATCHES}/${id}/results`);
  assert.equal(results.headers.get('content-type'), 'application/x-jsonl');
});

test('an error body names its type and the request', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const answer = await call(sandbox, `${BATCHES}/msgbatch_none`);
  assert.equal(answer.status, 404);
  assert.deepEqual(await answer.json(), {
    type: 'error',
    error: { type: 'not_found_error', message: 'Message Batch msgbatch_none not found.' },
    request_id: answer.headers.get('request-id'),
  });
});

test('only the token of this start is a key, in either header', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const status = async (headers: Record<string, string>) =>
    (await fetch(sandbox.url + BATCHES, { headers: { 'anthropic-version': '2026-10-21', ...headers } })).status;
  assert.equal(await status({ 'x-api-key': sandbox.token }), 200);
  assert.equal(await status({ authorization: `Bearer ${sandbox.token}` }), 200);
  assert.equal(await status({ authorization: 'Bearer sk-ant-other' }), 401);
  assert.equal(await status({ 'x-api-key': `${sandbox.token}x` }), 401);
  assert.equal(await status({}), 401);
  assert.deepEqual(
    sandbox.requests.map(({ key }) => key),
    ['right', 'right', 'wrong', 'wrong', 'none'],
  );
});

test('an early refusal is answered although the body is still on its way', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const body = Buffer.alloc(5_000_000, ' ');
  const answer = await call(sandbox, BATCHES, { method: 'POST', body, headers: { 'x-api-key': 'wrong' } });
  assert.equal(answer.status, 401);
  assert.equal((await call(sandbox, BATCHES)).status, 200);
});

test('the API version must be one that there is', async (t) => {
  const { sandbox } = await sandboxFor(t);
  assert.equal((await call(sandbox, BATCHES, { headers: { 'anthropic-version': '2026-10-21' } })).status, 200);
  assert.equal((await call(sandbox, BATCHES, { headers: { 'anthropic-version': '2024-01-01' } })).status, 400);
  const missing = await fetch(sandbox.url + BATCHES, { headers: { 'x-api-key': sandbox.token } });
  assert.equal(missing.status, 400);
  assert.match(await missing.text(), /anthropic-version: header is required/);
});

test('an address or a method that there is not', async (t) => {
  const { sandbox } = await sandboxFor(t);
  assert.equal((await call(sandbox, '/v1/complete')).status, 404);
  const put = await call(sandbox, BATCHES, { method: 'PUT' });
  assert.equal(put.status, 405);
  assert.equal(put.headers.get('allow'), 'POST, GET');
});

test('what arrived is recorded, without the key', async (t) => {
  const { sandbox } = await sandboxFor(t);
  const body = JSON.stringify({ requests: requests(2) });
  await call(sandbox, BATCHES, { method: 'POST', body, headers: { 'anthropic-beta': 'one,two' } });
  const [create] = sandbox.requests;
  assert.equal(create?.method, 'POST');
  assert.equal(create?.path, BATCHES);
  assert.equal(create?.bytes, body.length);
  assert.equal(create?.sha256, createHash('sha256').update(body).digest('hex'));
  assert.equal(create?.status, 200);
  assert.equal(create?.headers['anthropic-beta'], 'one,two');
  assert.equal(JSON.stringify(sandbox.requests).includes(sandbox.token), false);
});
