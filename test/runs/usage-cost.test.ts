import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelTable } from '../../batch/cost/models';
import type { Usage } from '../../runs/result';
import { costOfUsage, Spend } from '../../runs/usage-cost';
import { MODELS } from './setup';

const price = { input: 2, cache_write_5m: 3, cache_write_1h: 5, cache_read: 0.5, output: 10 };
const above = { prompt_tokens: 1000, input: 20, cache_write_5m: 30, cache_write_1h: 50, cache_read: 5, output: 100 };
const [model] = MODELS.models;
assert.ok(model);
const row = { ...model, id: 'm', aliases: ['m-1'], price_usd_per_mtok: price, inference_geo: true };
const table = new ModelTable(
  [
    { ...row, price_above_prompt_tokens: null },
    { ...row, id: 'tiered', aliases: [], price_above_prompt_tokens: above },
    { ...row, id: 'unpriced', aliases: [], price_usd_per_mtok: null },
  ],
  '2026-11-20',
  0.5,
  1.1,
);

const usage = (fields: Partial<Usage>): Usage => ({
  input_tokens: 0,
  output_tokens: 0,
  cache_creation: null,
  cache_creation_input_tokens: null,
  cache_read_input_tokens: null,
  inference_geo: null,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: 'batch',
  speed: null,
  ...fields,
});

/** Dollars for millions of tokens, to keep the sums plain. */
const cost = (name: string, fields: Partial<Usage>) => costOfUsage(name, usage(fields), table);
const M = 1_000_000;

test('tokens cost half their price in a batch, each kind its own', () => {
  assert.equal(cost('m', { input_tokens: M, output_tokens: M }), 6);
  assert.equal(cost('m-1', { cache_read_input_tokens: M }), 0.25);
  assert.equal(cost('m', { cache_creation_input_tokens: M }), 1.5);
  const creation = { ephemeral_5m_input_tokens: M, ephemeral_1h_input_tokens: M };
  assert.equal(cost('m', { cache_creation_input_tokens: 2 * M, cache_creation: creation }), 4);
});

test('a long prompt costs more, cached tokens included', () => {
  assert.equal(cost('tiered', { input_tokens: 1000 }), 0.001);
  assert.equal(
    cost('tiered', { input_tokens: 500, cache_read_input_tokens: 501, output_tokens: M }),
    50 + 0.005 + 0.0012525,
  );
});

test('inference in the US has its factor, an unknown model has no price', () => {
  assert.equal(cost('m', { input_tokens: M, inference_geo: 'us' }), 1.1);
  assert.equal(cost('m', { input_tokens: M, inference_geo: 'global' }), 1);
  assert.deepEqual([cost('unpriced', {}), cost('m-2', {})], [null, null]);
});

test('a search of the web costs its fee, at no discount', () => {
  const searched = { web_search_requests: 3, web_fetch_requests: 5 };
  assert.equal(cost('m', { output_tokens: 2000, server_tool_use: searched }), 0.01 + 0.03);
});

const answer = (message: object) =>
  Buffer.from(JSON.stringify({ custom_id: 'a', result: { type: 'succeeded', message } }));

function spent(...messages: object[]): number | null {
  const spend = new Spend(table);
  for (const message of messages) spend.add(answer(message));
  return spend.usd;
}

test('what the answers used is added up by the model that gave them', () => {
  const spend = new Spend(table);
  const add = (name: string, fields: Partial<Usage>) => spend.add(answer({ model: name, usage: usage(fields) }));
  for (let i = 1; i <= 200; i++) add('m', { input_tokens: 10, cache_read_input_tokens: 5, output_tokens: i });
  add('tiered', { cache_creation_input_tokens: 7, output_tokens: 1 });
  assert.deepEqual(spend.answers, [
    {
      model: 'm',
      rows: 200,
      inputTokens: 2000,
      cacheWriteTokens: 0,
      cacheReadTokens: 1000,
      outputTokens: 20_100,
      mostOutputTokens: 200,
      p99OutputTokens: 198,
    },
    {
      model: 'tiered',
      rows: 1,
      inputTokens: 0,
      cacheWriteTokens: 7,
      cacheReadTokens: 0,
      outputTokens: 1,
      mostOutputTokens: 1,
      p99OutputTokens: 1,
    },
  ]);
});

test('what a file cost is found in rows of any shape', () => {
  const billed = usage({ input_tokens: M });
  const decoy = { type: 'tool_use', input: { model: 'tiered', usage: { input_tokens: 9, output_tokens: 9 } } };
  const shapes = [
    { id: 'x', type: 'message', role: 'assistant', model: 'm', content: [decoy], usage: billed },
    { usage: billed, content: [decoy], model: 'm' },
    { model: 'm', content: [{ type: 'text', text: '"usage":{"input_tokens":5}}}' }], usage: billed, stop_reason: null },
    { id: 'x', model: 'm', usage: billed, content: [], container: { usage: { input_tokens: 7, output_tokens: 7 } } },
  ];
  for (const shape of shapes) assert.equal(spent(shape), 1, JSON.stringify(shape));
  assert.equal(spent(...shapes), 4);
  assert.equal(spent(shapes[0] ?? {}, { model: 'm-2', usage: billed }), null);
  assert.equal(spent({ content: [] }), null);
});
