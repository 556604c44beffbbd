import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { call, requests, sandboxFor } from './client';

const BATCHES = '/v1/messages/batches';

test('an error in place of an answer, at the n-th call and as often as asked', async (t) => {
  const { sandbox, client } = await sandboxFor(t, {
    faults: [{ on: 'create', kind: 'answer', status: 429, retryAfter: '3', nth: 2, times: 2 }],
  });
  const create = () => client.messages.batches.create({ requests: requests(1) });
  await create();
  for (let i = 0; i < 2; i++) {
    await assert.rejects(create(), (error: unknown) => {
      assert.ok(error instanceof Anthropic.RateLimitError);
      assert.equal(error.headers.get('retry-after'), '3');
      return true;
    });
  }
  await create();
  assert.equal(sandbox.batches().length, 2);
  assert.deepEqual(sandbox.faults, []);
});

test('a connection that is cut before or after the batch was made', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const create = () => client.messages.batches.create({ requests: requests(1) });
  for (const when of ['before-body', 'before-work'] as const) {
    sandbox.faults.push({ on: 'create', kind: 'drop', when });
    await assert.rejects(create(), Anthropic.APIConnectionError);
    assert.equal(sandbox.batches().length, 0);
  }
  sandbox.faults.push({ on: 'create', kind: 'drop', when: 'after-work' });
  await assert.rejects(create(), Anthropic.APIConnectionError);
  assert.equal(sandbox.batches().length, 1);
  assert.deepEqual(
    sandbox.requests.map(({ status, bytes }) => [status, bytes > 0]),
    [
      [null, false],
      [null, true],
      [null, true],
    ],
  );
});

test('an answer that is held back until the test lets it go', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  sandbox.faults.push({ on: 'create', kind: 'hold', when: 'after-work', until });
  const created = client.messages.batches.create({ requests: requests(1) });
  while (sandbox.batches().length === 0) await client.messages.batches.list();
  assert.equal(sandbox.requests.find(({ method }) => method === 'POST')?.status, null);
  release();
  assert.equal((await created).id, sandbox.batches()[0]?.id);
});

test('results that end in the middle', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(5) });
  await sandbox.end(id);
  sandbox.faults.push({ on: 'results', kind: 'truncate', bytes: 700 });
  const { body } = await call(sandbox, `${BATCHES}/${id}/results`);
  let read = 0;
  await assert.rejects(async () => {
    for await (const chunk of body ?? []) read += chunk.length;
  });
  assert.equal(read, 700);
});

test('rows that are there twice, missing, or of nobody', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(5) });
  await sandbox.end(id);
  const rows = async () => (await (await call(sandbox, `${BATCHES}/${id}/results`)).text()).trimEnd().split('\n');
  const whole = await rows();
  sandbox.faults.push({ on: 'results', kind: 'rows', twice: 1, missing: 2, extra: 1 });
  const amiss = await rows();
  assert.deepEqual(amiss.slice(0, -1), [whole[0], whole[0], whole[3], whole[4]]);
  assert.equal(JSON.parse(amiss.at(-1) ?? '').custom_id, 'nobody-1');
});

test('a redirect to another host shows whether the key follows', async (t) => {
  const { sandbox: other } = await sandboxFor(t);
  const { sandbox } = await sandboxFor(t, { faults: [{ on: 'list', kind: 'redirect', to: `${other.url}${BATCHES}` }] });
  const answer = await call(sandbox, BATCHES);
  assert.equal(answer.status, 307);
  await fetch(answer.headers.get('location') ?? '', { headers: { 'x-api-key': sandbox.token } });
  assert.equal(other.requests[0]?.key, 'wrong');
});
