import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requests, sandboxFor } from './client';

/** The fields of the API's objects, in the order in which it writes them. */
const BATCH =
  'id type processing_status request_counts ended_at created_at expires_at archived_at cancel_initiated_at results_url';
const COUNTS = 'processing succeeded errored canceled expired';
const MESSAGE = 'id type role model content stop_reason stop_sequence usage';
const USAGE =
  'input_tokens cache_creation_input_tokens cache_read_input_tokens cache_creation output_tokens service_tier';

const keys = (value: unknown) => Object.keys(value as object).join(' ');

test('batches and rows have the shapes of the API', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const batch = await client.messages.batches.create({ requests: requests(1) });
  assert.equal(keys(batch), BATCH);
  assert.equal(keys(batch.request_counts), COUNTS);
  assert.match(batch.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  assert.equal(Date.parse(batch.expires_at) - Date.parse(batch.created_at), 24 * 3_600_000);

  await sandbox.end(batch.id);
  assert.equal(keys(await client.messages.batches.retrieve(batch.id)), BATCH);
  for await (const row of await client.messages.batches.results(batch.id)) {
    assert.equal(keys(row), 'custom_id result');
    assert.equal(keys(row.result), 'type message');
    assert.ok(row.result.type === 'succeeded');
    assert.equal(keys(row.result.message), MESSAGE);
    assert.equal(keys(row.result.message.usage), USAGE);
  }
});
