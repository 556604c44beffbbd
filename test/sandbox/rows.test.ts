import assert from 'node:assert/strict';
import { test } from 'node:test';
import type Anthropic from '@anthropic-ai/sdk';
import { parseRowFault } from '../../sandbox/row-faults';
import type { Sandbox } from '../../sandbox/server';
import { requests, sandboxFor } from './client';

type Result = Anthropic.Messages.MessageBatchResult;

/** The result of a batch of one request, whose params are these. */
async function resultOf(sandbox: Sandbox, client: Anthropic, params: object, version = '2023-06-01'): Promise<Result> {
  const [request] = requests(1, params);
  const created = await client.post<{ id: string }>('/v1/messages/batches', {
    body: { requests: [request] },
    headers: { 'anthropic-version': version },
  });
  await sandbox.end(created.id);
  for await (const row of await client.messages.batches.results(created.id)) return row.result;
  throw new Error('no row');
}

function errorOf(result: Result): unknown {
  return result.type === 'errored' ? result.error : result.type;
}

function textOf(result: Result): string {
  const block = result.type === 'succeeded' ? result.message.content[0] : undefined;
  return block?.type === 'text' ? block.text : '';
}

test('an answer cannot be taken for a real one, and has what a real one has', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const result = await resultOf(sandbox, client, {});
  assert.ok(result.type === 'succeeded');
  const { message } = result;
  assert.ok(textOf(result).startsWith('[sandbox] An answer to “Where is order 0?”'));
  assert.equal(message.model, 'claude-haiku-4-5-20251001', 'an alias is answered with the full id');
  assert.equal(message.stop_reason, 'end_turn');
  assert.equal(message.usage.service_tier, 'batch');
  assert.ok(message.usage.input_tokens > 0);
  assert.ok(message.usage.output_tokens > 0);
  assert.deepEqual(await resultOf(sandbox, client, {}), result, 'the same request gets the same answer');
});

test('max_tokens cuts the answer', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  const result = await resultOf(sandbox, client, { max_tokens: 4 });
  assert.ok(result.type === 'succeeded');
  assert.equal(result.message.stop_reason, 'max_tokens');
  assert.equal(result.message.usage.output_tokens, 4);
  assert.equal(textOf(result), '[sandbox] An ans');
});

test('a model that there is not fails its row', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  for (const model of ['claude-does-not-exist-9', 'claude-3-opus-20240229']) {
    assert.deepEqual(errorOf(await resultOf(sandbox, client, { model })), {
      type: 'error',
      error: { type: 'not_found_error', message: `model: ${model}` },
      request_id: null,
    });
  }
});

/** Params that the API refuses while the batch runs, and what it says. */
const REFUSED: readonly (readonly [params: object, message: string])[] = [
  [{ messages: undefined }, 'messages: Field required'],
  [{ stream: true }, '"stream=True" is not supported in the Message Batches API'],
  [{ extra_body: {} }, 'extra_body: Extra inputs are not permitted'],
  [{ sotp_sequences: ['END'] }, 'sotp_sequences: Extra inputs are not permitted'],
  [{ max_tokens: 0 }, 'max_tokens: must be greater than or equal to 1'],
  [
    { max_tokens: 9_999_999 },
    'max_tokens: 9999999 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001',
  ],
];

test('what the API refuses while a batch runs fails its row, in its words', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  for (const [params, message] of REFUSED) {
    assert.deepEqual(errorOf(await resultOf(sandbox, client, params)), {
      type: 'error',
      error: { type: 'invalid_request_error', message },
      request_id: null,
    });
  }
});

test('the version that a batch was created with decides what its rows may hold', async (t) => {
  const { sandbox, client } = await sandboxFor(t);
  assert.equal((await resultOf(sandbox, client, { temperature: 0.5 }, '2023-06-01')).type, 'succeeded');
  assert.equal((await resultOf(sandbox, client, { temperature: 0.5 }, '2026-10-21')).type, 'errored');
});

test('rows that are told to end otherwise do', async (t) => {
  const { sandbox, client } = await sandboxFor(t, {
    rows: { 'ticket-0': { type: 'overloaded_error', message: 'Overloaded' }, 'ticket-1': 'expired' },
  });
  const { id } = await client.messages.batches.create({ requests: requests(3) });
  const { request_counts } = await sandbox.end(id);
  assert.deepEqual(request_counts, { processing: 0, succeeded: 1, errored: 1, canceled: 0, expired: 1 });
});

test('shares of the rows end otherwise, the same ones for the same seed, other ones in the next batch', async (t) => {
  const rowFaults = ['3% overloaded_error Overloaded', '2% expired', '50% max_tokens', '1% refusal'].map(parseRowFault);
  const { sandbox, client } = await sandboxFor(t, { rowFaults, seed: 'a' });
  const other = await sandboxFor(t, { rowFaults, seed: 'a' });
  const endings = async (on: typeof sandbox, by: typeof client) => {
    const { id } = await by.messages.batches.create({ requests: requests(400) });
    const { request_counts } = await on.end(id);
    const rows = new Map<string, string>();
    for await (const { custom_id, result } of await by.messages.batches.results(id))
      rows.set(custom_id, result.type === 'succeeded' ? String(result.message.stop_reason) : result.type);
    return { request_counts, rows: requests(400).map(({ custom_id }) => rows.get(custom_id)) };
  };
  const first = await endings(sandbox, client);
  const { errored, expired, succeeded } = first.request_counts;
  assert.ok(errored > 3 && errored < 25 && expired > 2 && expired < 20 && succeeded + errored + expired === 400);
  const cut = first.rows.filter((reason) => reason === 'max_tokens').length;
  assert.ok(cut > 150 && cut < 250, String(cut));
  assert.ok(first.rows.includes('refusal'));
  assert.deepEqual(await endings(other.sandbox, other.client), first);
  assert.notDeepEqual((await endings(sandbox, client)).rows, first.rows);
});

test('a share that cannot be read is said', () => {
  assert.deepEqual(parseRowFault('0.5% api_error Internal server error'), {
    share: 0.005,
    outcome: { type: 'api_error', message: 'Internal server error' },
  });
  for (const text of ['expired', '2% nothing', '200% expired', '2%expired', ''])
    assert.throws(() => parseRowFault(text), /--row takes/);
});
