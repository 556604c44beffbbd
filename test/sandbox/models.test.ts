import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandboxFor } from './client';

test('models are listed as the API lists them, newest first', async (t) => {
  const { client } = await sandboxFor(t);
  const ids: string[] = [];
  const created: string[] = [];
  for await (const model of client.models.list({ limit: 5 })) {
    ids.push(model.id);
    created.push(model.created_at);
    assert.equal(model.type, 'model');
    assert.ok(model.display_name.length > 0);
  }
  assert.ok(ids.includes('claude-haiku-4-5-20251001'));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(created, [...created].sort().reverse());
});

test('one model, by its id or alias, with its limits', async (t) => {
  const { client } = await sandboxFor(t);
  const model = await client.models.retrieve('claude-haiku-4-5');
  assert.equal(model.max_input_tokens, 200_000);
  assert.equal(model.max_tokens, 64_000);
  assert.equal(model.capabilities?.thinking.types.enabled.supported, true);
  assert.equal(model.capabilities?.effort.supported, false);
  await assert.rejects(client.models.retrieve('claude-none'), /model: claude-none/);
});

test('tokens of a prompt are counted, and what is wrong with it is said', async (t) => {
  const { client } = await sandboxFor(t);
  const count = (words: number, model = 'claude-haiku-4-5') =>
    client.messages.countTokens({ model, messages: [{ role: 'user', content: 'word '.repeat(words) }] });
  const short = (await count(10)).input_tokens;
  const long = (await count(1000)).input_tokens;
  assert.ok(short > 0 && Number.isInteger(short));
  assert.ok(long > short);
  await assert.rejects(count(10, 'claude-none'), /model: claude-none/);
});
