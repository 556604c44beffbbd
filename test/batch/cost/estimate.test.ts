import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CachedPrefix, type EstimateParts, estimateOf, estimateParts } from '../../../batch/cost/estimate';
import { bundledModels, type ModelTable } from '../../../batch/cost/models';
import type { Range } from '../../../batch/cost/range';
import type { JsonObject } from '../../../batch/json';

// The prices are those of platform.claude.com/docs/en/about-claude/pricing, USD for a million tokens.
const M = 1_000_000;

test('a batch costs half: Sonnet 4.6 takes 1.50 for a million in and 7.50 for a million out', () => {
  const { usd, standardUsd } = priced('claude-sonnet-4-6', { tokens: M, maxTokens: M });
  assert.equal(standardUsd?.input.expected, 3);
  assert.equal(usd?.input.expected, 1.5);
  assert.equal(usd?.output.high, 7.5);
});

test('cached tokens cost between a read and a write: Haiku 4.5 takes 0.10 and 1.25 or, for an hour, 2 of 1', () => {
  const cached = (ttl: '5m' | '1h') => priced('claude-haiku-4-5', { tokens: M, cached: { tokens: exactly(M), ttl } });
  const [short, long] = [cached('5m').standardUsd?.input, cached('1h').standardUsd?.input];
  close(short?.low, 0.1);
  close(short?.expected, 1);
  close(short?.high, 1.25);
  close(long?.low, 0.1);
  close(long?.high, 2);
  close(cached('5m').usd?.input.high, 0.625);
});

test('what is cached of a prompt changes the price of that part alone', () => {
  const half = { tokens: exactly(M / 2), ttl: '5m' } as const;
  const { standardUsd } = priced('claude-haiku-4-5', { tokens: M, cached: half });
  close(standardUsd?.input.low, 0.5 + 0.05);
  close(standardUsd?.input.high, 0.5 + 0.625);
});

test('a prefix below the least that a model caches costs as without a mark', () => {
  const short = { tokens: exactly(4_095), ttl: '1h' } as const;
  const least = { tokens: exactly(4_096), ttl: '1h' } as const;
  const high = (cached?: CachedPrefix) => priced('claude-haiku-4-5', { tokens: 10_000, cached }).usd?.input.high;
  assert.equal(high(short), high());
  assert.ok((high(least) ?? 0) > (high() ?? 0));
});

test('above 100,000 tokens of prompt all of a Haiku 5.5 request costs five times as much', () => {
  const at = (tokens: number) => priced('claude-haiku-5-5', { tokens, maxTokens: 1_000 }).usd;
  close(at(100_000)?.input.expected, 0.005);
  close(at(100_001)?.input.expected, 100_001 * 0.25e-6);
  close(at(90_000)?.output.high, 0.00025);
  close(at(110_000)?.output.high, 0.00125);
});

test('inference in the US costs a tenth more, where the model has it', () => {
  const usd = (model: string, geo: string) => {
    const parts = estimateParts({ model, max_tokens: 1, inference_geo: geo, messages: [] }, bundledModels);
    return estimateOf({ ...parts, input: inputOf(M) }, bundledModels).usd?.input.expected;
  };
  close(usd('claude-opus-4-8', 'us'), 2.75);
  close(usd('claude-opus-4-8', 'global'), 2.5);
  close(usd('claude-haiku-4-5', 'us'), 0.5);
});

test('an unknown model has no price, and one that the settings add has theirs', () => {
  assert.equal(priced('claude-opus-9', { tokens: M }).usd, null);
  const price = { input: 8, cache_write_5m: 10, cache_write_1h: 16, cache_read: 0.8, output: 40 };
  const added = bundledModels.with({
    'claude-opus-9': { price_usd_per_mtok: price },
    'claude-haiku-4-5': { price_usd_per_mtok: { ...price, input: 2 } },
  });
  assert.equal(priced('claude-opus-9', { tokens: M, models: added }).usd?.input.expected, 4);
  assert.equal(priced('claude-haiku-4-5-20251001', { tokens: M, models: added }).usd?.input.expected, 1);
});

test('the parts of the input add up to it', () => {
  const params: JsonObject = {
    model: 'claude-sonnet-4-6',
    max_tokens: 100,
    system: 'You sort letters. '.repeat(30),
    tools: [{ name: 'sort', description: 'Sorts.', input_schema: { type: 'object', properties: {} } }],
    messages: [
      { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }] },
    ],
  };
  const { inputParts, inputTokens } = estimateOf(estimateParts(params, bundledModels), bundledModels);
  const { system, tools, messages, media } = inputParts;
  assert.equal(Math.round(system + tools + messages + media), inputTokens.expected);
  assert.ok(system > 90 && tools > 497 && messages > 5 && media > 100);
});

interface Asked {
  readonly tokens: number;
  readonly maxTokens?: number;
  readonly cached?: CachedPrefix | undefined;
  readonly models?: ModelTable;
}

/** The estimate of a request that has exactly so many tokens. */
function priced(model: string, { tokens, maxTokens = 1, cached, models = bundledModels }: Asked) {
  const parts = estimateParts({ model, max_tokens: maxTokens, messages: [] }, models);
  const estimate = estimateOf({ ...parts, input: inputOf(tokens) }, models, { cached });
  assert.equal(estimate.inputTokens.expected, tokens);
  return estimate;
}

function inputOf(tokens: number): EstimateParts['input'] {
  const weight = { system: 0, tools: 0, messages: 0 };
  return { weight, text: 0, foreign: 0, media: exactly(tokens), calibration: undefined };
}

function exactly(tokens: number): Range {
  return { low: tokens, expected: tokens, high: tokens };
}

/** But for the token or two by which any count may be off. */
function close(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual / expected - 1) < 1e-4, `${actual} is not ${expected}`);
}
