import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CACHE_HITS, NO_PRICES, savedBy, withRequests } from '../../../batch/cost/cache-savings';
import { estimateOf, estimateParts } from '../../../batch/cost/estimate';
import { bundledModels } from '../../../batch/cost/models';
import { total } from '../../../batch/cost/totals';
import type { Usage } from '../../../runs/result';
import { costOfUsage } from '../../../runs/usage-cost';

/*
 * The arithmetic of platform.claude.com/docs/en/about-claude/pricing as it was on 2026-10-10, and of the pages about the
 * models that came later: what a million tokens cost, written down apart from schemas/models.json.
 */

/** In, out; written for five minutes and for an hour, and read; in and out in a batch. USD for a million tokens. */
const TABLE = `
claude-fable-5-2            8    40    10     16   0.2    4     20
claude-mythos-5-2           8    40    10     16   0.2    4     20
claude-fable-5-1            10   50    12.5   20   0.25   5     25
claude-mythos-5-1           10   50    12.5   20   0.25   5     25
claude-fable-5              10   50    12.5   20   1      5     25
claude-mythos-5             10   50    12.5   20   1      5     25
claude-opus-5-5             4    20    5      8    0.2    2     10
claude-opus-5               5    25    6.25   10   0.5    2.5   12.5
claude-opus-4-8             5    25    6.25   10   0.5    2.5   12.5
claude-opus-4-7             5    25    6.25   10   0.5    2.5   12.5
claude-opus-4-6             5    25    6.25   10   0.5    2.5   12.5
claude-opus-4-5             5    25    6.25   10   0.5    2.5   12.5
claude-sonnet-5-5           2    10    2.5    4    0.1    1     5
claude-sonnet-5             2    10    2.5    4    0.2    1     5
claude-sonnet-4-6           3    15    3.75   6    0.3    1.5   7.5
claude-sonnet-4-5           3    15    3.75   6    0.3    1.5   7.5
claude-haiku-5-5            0.1  0.5   0.125  0.2  0.01   0.05  0.25
claude-haiku-4-5            1    5     1.25   2    0.1    0.5   2.5
`;

const M = 1_000_000;
/** So few that no tier is reached. */
const FEW = 50_000;

for (const line of TABLE.trim().split('\n')) {
  const [model = '', ...figures] = line.split(/\s+/);
  const [input, output, write5m, write1h, read, batchIn, batchOut] = figures.map(Number) as number[];
  test(`${model} costs what the page says: alone, in a batch, written to the cache and read from it`, () => {
    const { usd, standardUsd } = estimated({ model, max_tokens: FEW }, FEW);
    perMillion(standardUsd?.input.expected, input!);
    perMillion(standardUsd?.output.high, output!);
    perMillion(usd?.input.expected, batchIn!);
    perMillion(usd?.output.high, batchOut!);
    perMillion(billed(model, { input_tokens: FEW }), batchIn!);
    perMillion(billed(model, { output_tokens: FEW }), batchOut!);
    perMillion(billed(model, { cache_read_input_tokens: FEW }), read! / 2);
    perMillion(billed(model, written(FEW, 0)), write5m! / 2);
    perMillion(billed(model, written(0, FEW)), write1h! / 2);
  });

  test(`${model}: a write costs 1.25 times the input for five minutes and twice for an hour`, () => {
    perMillion(billed(model, written(FEW, 0)), 0.625 * input!);
    perMillion(billed(model, written(0, FEW)), input!);
  });
}

test('five minutes pay after one read, an hour after two', () => {
  const price = bundledModels.find('claude-sonnet-4-6')!.price_usd_per_mtok!;
  const { input, cache_write_5m: short, cache_write_1h: long, cache_read: read } = price;
  assert.ok(short + read < 2 * input);
  assert.ok(long + read > 2 * input && long + 2 * read < 3 * input);
});

test('discounts stack: what is read from the cache in a batch costs a twentieth of the input', () => {
  assert.equal(billed('claude-opus-4-8', { cache_read_input_tokens: M }), 0.25);
  assert.equal(billed('claude-sonnet-4-6', { input_tokens: M, cache_read_input_tokens: M, output_tokens: M }), 9.15);
});

test('Haiku 5.5: at 100,000 tokens of prompt the first prices hold, with one more the second ones, for all of it', () => {
  const model = 'claude-haiku-5-5';
  close(billed(model, { input_tokens: 100_000 }), 0.005);
  close(billed(model, { input_tokens: 100_001 }), 100_001 * 0.25e-6);
  close(billed(model, { input_tokens: 60_000, cache_read_input_tokens: 40_001 }), 60_000 * 0.25e-6 + 40_001 * 0.025e-6);
  close(billed(model, { ...written(60_000, 40_001) }), 60_000 * 0.3125e-6 + 40_001 * 0.5e-6);
  close(billed(model, { input_tokens: 100_001, output_tokens: M }), 100_001 * 0.25e-6 + 1.25);
  close(estimated({ model, max_tokens: 1 }, 100_000).usd?.input.expected, 0.005);
  close(estimated({ model, max_tokens: 1 }, 100_001).usd?.input.expected, 100_001 * 0.25e-6);
  // No other model has a second tier.
  close(estimated({ model: 'claude-sonnet-5-5', max_tokens: 1 }, 900_000).usd?.input.expected, 0.9);
});

test('inference in the US costs 1.1 times, in the estimate and on the bill, from the 4.6 generation on', () => {
  const us = (model: string) => estimated({ model, max_tokens: M, inference_geo: 'us' }, M).standardUsd;
  close(us('claude-opus-4-6')?.input.expected, 5.5);
  close(us('claude-opus-4-6')?.output.high, 27.5);
  close(us('claude-haiku-4-5')?.input.expected, 1);
  close(billed('claude-sonnet-4-6', { input_tokens: M, inference_geo: 'us' }), 1.65);
});

test('1,000 web searches cost 10 USD, in a batch as well, beside the tokens', () => {
  const tools = [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }];
  const { usd, standardUsd } = estimated({ model: 'claude-sonnet-4-6', max_tokens: 100, tools }, FEW);
  assert.deepEqual(usd?.fees, { low: 0, expected: 0.01, high: 0.05 });
  assert.deepEqual(standardUsd?.fees, usd?.fees);
  close(total(usd!).high, usd!.input.high + usd!.output.high + 0.05);
  const searches = { server_tool_use: { web_search_requests: 1000, web_fetch_requests: 0 } };
  close(billed('claude-sonnet-4-6', { input_tokens: M, ...searches }), 1.5 + 10);
  assert.equal('fees' in estimated({ model: 'claude-sonnet-4-6', max_tokens: 100 }, FEW).usd!, false);
});

test('what caching saves is the page’s arithmetic over the requests that share', () => {
  const price = bundledModels.find('claude-opus-5-5')!.price_usd_per_mtok!;
  const saved = savedBy(withRequests(NO_PRICES, 1000, price, '1h'), { low: 3000, expected: 3000, high: 3000 });
  const costs = (hits: number) => (1000 - hits * 999) * 3000 * 8e-6 + hits * 999 * 3000 * 0.2e-6;
  close(saved.high, 12 - costs(CACHE_HITS.high));
  close(saved.low, 12 - costs(CACHE_HITS.low));
});

function estimated(params: Parameters<typeof estimateParts>[0], tokens: number) {
  const parts = estimateParts({ messages: [], ...params }, bundledModels);
  const media = { low: tokens, expected: tokens, high: tokens };
  const weight = { system: 0, tools: 0, messages: 0 };
  return estimateOf({ ...parts, input: { ...parts.input, weight, text: 0, foreign: 0, media } }, bundledModels);
}

function billed(model: string, fields: Partial<Usage>): number | null {
  const usage = { input_tokens: 0, output_tokens: 0, ...fields } as Usage;
  return costOfUsage(model, usage, bundledModels);
}

function written(for5m: number, for1h: number): Partial<Usage> {
  return {
    cache_creation_input_tokens: for5m + for1h,
    cache_creation: { ephemeral_5m_input_tokens: for5m, ephemeral_1h_input_tokens: for1h },
  };
}

function perMillion(actual: number | null | undefined, usd: number): void {
  close(actual, (usd * FEW) / M);
}

function close(actual: number | null | undefined, expected: number): void {
  assert.ok(typeof actual === 'number' && Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}
