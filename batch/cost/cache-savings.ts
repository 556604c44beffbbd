import data from '../../schemas/prompt-cache.json';
import type { Cost } from './estimate';
import type { Price } from './models';
import type { Range } from './range';

/** How many of the requests that share a prefix read it from the cache, as a share: best effort in a batch. */
export const CACHE_HITS: Range = {
  low: data.batch_hits.low,
  expected: (data.batch_hits.low + data.batch_hits.high) / 2,
  high: data.batch_hits.high,
};

/** How long a prefix is to be kept for a batch. */
export const CACHE_TTL = data.ttl.value as '1h';

/** USD per 1,000,000 tokens, added up over the requests that share a prefix. */
export interface PrefixPrices {
  readonly requests: number;
  readonly input: number;
  readonly write: number;
  readonly read: number;
}

export const NO_PRICES: PrefixPrices = { requests: 0, input: 0, write: 0, read: 0 };

/** Those with so many more at this price, whose prefix is kept for so long. */
export function withRequests(sum: PrefixPrices, requests: number, price: Price, ttl: '5m' | '1h'): PrefixPrices {
  return {
    requests: sum.requests + requests,
    input: sum.input + requests * price.input,
    write: sum.write + requests * (ttl === '1h' ? price.cache_write_1h : price.cache_write_5m),
    read: sum.read + requests * price.cache_read,
  };
}

/**
 * USD that the requests cost less at standard price with `tokens` of each marked to be cached; below zero they cost more. Of
 * n requests at most n - 1 can find what another has written, and as many of those read it as `CACHE_HITS` says; the others
 * write it. It is low where few do.
 */
export function savedBy({ requests, input, write, read }: PrefixPrices, tokens: Range): Range {
  const others = requests > 0 ? (requests - 1) / requests : 0;
  const perMillion = (hits: number) => input - (1 - hits * others) * write - hits * others * read;
  const saved = (hits: number, ofTokens: number) => (perMillion(hits) * ofTokens) / 1_000_000;
  const least = perMillion(CACHE_HITS.low);
  return {
    low: saved(CACHE_HITS.low, least < 0 ? tokens.high : tokens.low),
    expected: saved(CACHE_HITS.expected, tokens.expected),
    high: Math.max(saved(CACHE_HITS.high, tokens.high), saved(CACHE_HITS.high, tokens.low)),
  };
}

/** What requests of a file share, where caching it would pay. */
export interface SharedPrefix {
  /** 0-based line of the first request with it. */
  readonly line: number;
  /** The model's id. */
  readonly model: string;
  readonly requests: number;
  /** How many of them have no `cache_control` at the end of it. */
  readonly unmarked: number;
  /** Of each. */
  readonly tokens: Range;
  /** USD in a batch. */
  readonly saves: Range;
}

/** What caching does for a file. Plain data. */
export interface CacheSavings {
  /** Requests that share a prefix that pays. */
  readonly requests: number;
  /** How many of those do not mark it yet. */
  readonly unmarked: number;
  /** Tokens of input that would be written or read, as expected, over all of them. */
  readonly tokens: number;
  /** USD that the batch costs less with what is shared cached for an hour; `low` may be below zero: it may cost more. */
  readonly usd: Range;
  /** The prefixes that save most. */
  readonly prefixes: readonly SharedPrefix[];
}

/**
 * USD that the input of a batch costs with what its requests share cached for an hour: the column "with caching" beside
 * `input`, which is that of `EstimateTotals.usd` and is taken as it is expected without a cache. `low` is where most requests
 * find the cache filled, `high` where few do.
 */
export function inputWithCaching({ expected }: Range, { usd }: CacheSavings): Range {
  return { low: expected - usd.high, expected: expected - usd.expected, high: expected - usd.low };
}

/** USD of a batch with what its requests share cached for an hour; at most no less than without, as few may find it filled. */
export function costWithCaching({ input, ...rest }: Cost, savings: CacheSavings): Cost {
  const cached = inputWithCaching(input, savings);
  return { input: { ...cached, high: Math.max(cached.high, input.high) }, ...rest };
}

const NOTHING: Range = { low: 0, expected: 0, high: 0 };

export const NO_SAVINGS: CacheSavings = { requests: 0, unmarked: 0, tokens: 0, usd: NOTHING, prefixes: [] };
