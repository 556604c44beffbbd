import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf, requests, sandboxFor } from './client';

test('a batch runs, ends, and gives one result per request', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const created = await client.messages.batches.create({ requests: requests(30) });
  assert.match(created.id, /^msgbatch_sandbox_/);
  assert.equal(created.processing_status, 'in_progress');
  assert.deepEqual(created.request_counts, { processing: 30, succeeded: 0, errored: 0, canceled: 0, expired: 0 });
  assert.equal(created.results_url, null);

  await sandbox.end(created.id);
  const ended = await client.messages.batches.retrieve(created.id);
  assert.equal(ended.processing_status, 'ended');
  assert.deepEqual(ended.request_counts, { processing: 0, succeeded: 30, errored: 0, canceled: 0, expired: 0 });
  assert.equal(ended.results_url, `${sandbox.url}/v1/messages/batches/${created.id}/results`);

  const ids: string[] = [];
  for await (const row of await client.messages.batches.results(created.id)) {
    ids.push(row.custom_id);
    assert.equal(row.result.type, 'succeeded');
  }
  const submitted = requests(30).map(({ custom_id }) => custom_id);
  assert.notDeepEqual(ids, submitted, 'results come in an order of their own');
  assert.deepEqual(ids.sort(), submitted.sort());
});

test('a batch that is left alone ends by itself', async (t) => {
  const { client } = await sandboxFor(t, { processingMs: 0 });
  const { id } = await client.messages.batches.create({ requests: requests(3) });
  while ((await client.messages.batches.retrieve(id)).processing_status !== 'ended');
  const { request_counts } = await client.messages.batches.retrieve(id);
  assert.equal(request_counts.succeeded, 3);
});

test('what is not answered when the window closes has expired', async (t) => {
  const { client } = await sandboxFor(t, { processingMs: 100_000, windowMs: 1 });
  const { id, created_at, expires_at } = await client.messages.batches.create({ requests: requests(3) });
  assert.equal(Date.parse(expires_at) - Date.parse(created_at), 1);
  while ((await client.messages.batches.retrieve(id)).processing_status !== 'ended');
  const { request_counts } = await client.messages.batches.retrieve(id);
  assert.deepEqual(request_counts, { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 3 });
});

test('a canceled batch is canceling, then ends with what was answered and what was not', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(10) });
  const canceling = await client.messages.batches.cancel(id);
  assert.equal(canceling.processing_status, 'canceling');
  assert.notEqual(canceling.cancel_initiated_at, null);
  assert.equal(canceling.request_counts.processing, 10);

  await sandbox.end(id, { answered: 4, rest: 'canceled' });
  const ended = await client.messages.batches.retrieve(id);
  assert.deepEqual(ended.request_counts, { processing: 0, succeeded: 4, errored: 0, canceled: 6, expired: 0 });
  const types: string[] = [];
  for await (const row of await client.messages.batches.results(id)) types.push(row.result.type);
  assert.equal(types.filter((type) => type === 'canceled').length, 6);
});

test('a canceled batch ends by itself, without an answer when there was no time for one', async (t) => {
  const { client } = await sandboxFor(t, { cancelMs: 0 });
  const { id } = await client.messages.batches.create({ requests: requests(2) });
  await client.messages.batches.cancel(id);
  while ((await client.messages.batches.retrieve(id)).processing_status !== 'ended');
  assert.equal((await client.messages.batches.retrieve(id)).request_counts.canceled, 2);
});

test('only a batch that has ended can be deleted', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(1) });
  await assert.rejects(
    client.messages.batches.delete(id),
    /In progress batches cannot be deleted. Consider canceling the batch instead\./,
  );
  await sandbox.advance();
  assert.deepEqual(await client.messages.batches.delete(id), { id, type: 'message_batch_deleted' });
  await assert.rejects(client.messages.batches.retrieve(id), new RegExp(`Message Batch ${id} not found\\.`));
});

test('there are no results before the end, nor after they were archived', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(1) });
  await assert.rejects(client.messages.batches.results(id), /No batch `results_url`/);
  await assert.rejects(client.get(`/v1/messages/batches/${id}/results`), /has no available results\./);
  await sandbox.end(id);
  assert.notEqual(sandbox.archive(id).archived_at, null);
  const archived = await client.messages.batches.retrieve(id);
  assert.equal(archived.results_url, null);
  await assert.rejects(client.get(`/v1/messages/batches/${id}/results`), /has no available results\./);
});

test('batches are listed newest first, page by page in both directions', async (t) => {
  const { client } = await sandboxFor(t);
  const made: string[] = [];
  for (let i = 0; i < 5; i++) made.unshift((await client.messages.batches.create({ requests: requests(1) })).id);

  const listed: string[] = [];
  for await (const batch of client.messages.batches.list({ limit: 2 })) listed.push(batch.id);
  assert.deepEqual(listed, made);

  const first = await client.messages.batches.list({ limit: 2 });
  assert.deepEqual([first.has_more, first.first_id, first.last_id], [true, made[0], made[1]]);
  const newer = await client.messages.batches.list({ limit: 2, before_id: made[4] });
  assert.deepEqual(
    newer.data.map(({ id }) => id),
    made.slice(2, 4),
  );
  assert.equal(newer.has_more, true);
  await assert.rejects(
    client.messages.batches.list({ limit: 1001 }),
    /limit: Input should be less than or equal to 1000/,
  );
  await assert.rejects(client.messages.batches.list({ limit: 0 }), /limit: Input should be greater than or equal to 1/);
});

test('results are shuffled alike every time they are fetched', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(50) });
  await sandbox.end(id);
  const fetched = async () =>
    (await client.get<Response>(`/v1/messages/batches/${id}/results`, { __binaryResponse: true })).text();
  assert.equal(await fetched(), await fetched());
});

test('two clients with the same token see the same batches', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const { id } = await client.messages.batches.create({ requests: requests(1) });
  assert.equal((await clientOf(sandbox).messages.batches.retrieve(id)).id, id);
});
