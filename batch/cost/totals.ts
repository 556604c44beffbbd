import type { Cost, RequestEstimate } from './estimate';
import { plus, type Range } from './range';

/** What a file costs: sums over its requests. */
export interface EstimateTotals {
  readonly requests: number;
  readonly inputTokens: Range;
  readonly outputTokens: Range;
  /** USD in a batch over the requests that have a price; null where none has. */
  readonly usd: Cost | null;
  /** USD of the same requests sent one by one. */
  readonly standardUsd: Cost | null;
  /** Requests whose model has no price here; they are in the tokens and not in the USD. */
  readonly unpricedRequests: number;
}

const NOTHING: Range = { low: 0, expected: 0, high: 0 };

export const NO_ESTIMATE: EstimateTotals = {
  requests: 0,
  inputTokens: NOTHING,
  outputTokens: NOTHING,
  usd: null,
  standardUsd: null,
  unpricedRequests: 0,
};

/** Sums that grow in place. */
export interface GrowingTotals {
  requests: number;
  readonly inputTokens: GrowingRange;
  readonly outputTokens: GrowingRange;
  usd: GrowingCost | null;
  standardUsd: GrowingCost | null;
  unpricedRequests: number;
}

type GrowingRange = { -readonly [K in keyof Range]: Range[K] };
interface GrowingCost {
  readonly input: GrowingRange;
  readonly output: GrowingRange;
  fees?: GrowingRange;
}

export function newTotals(): GrowingTotals {
  return {
    requests: 0,
    inputTokens: { ...NOTHING },
    outputTokens: { ...NOTHING },
    usd: null,
    standardUsd: null,
    unpricedRequests: 0,
  };
}

/** Adds the estimate of one request. */
export function addEstimate(sum: GrowingTotals, one: RequestEstimate): void {
  sum.requests++;
  if (!one.usd) sum.unpricedRequests++;
  addFigures(sum, one);
}

/** Adds the sums over other requests. */
export function addTotals(sum: GrowingTotals, other: EstimateTotals): void {
  sum.requests += other.requests;
  sum.unpricedRequests += other.unpricedRequests;
  addFigures(sum, other);
}

/** Input, output and fees together, as the command line's contract has it. */
export function total({ input, output, fees }: Cost): Range {
  const both = plus(input, output);
  return fees ? plus(both, fees) : both;
}

function addFigures(sum: GrowingTotals, added: RequestEstimate | EstimateTotals): void {
  addRange(sum.inputTokens, added.inputTokens);
  addRange(sum.outputTokens, added.outputTokens);
  sum.usd = withCost(sum.usd, added.usd);
  sum.standardUsd = withCost(sum.standardUsd, added.standardUsd);
}

function withCost(sum: GrowingCost | null, added: Cost | null): GrowingCost | null {
  if (!added) return sum;
  const grown = sum ?? { input: { ...NOTHING }, output: { ...NOTHING } };
  addRange(grown.input, added.input);
  addRange(grown.output, added.output);
  if (added.fees) {
    grown.fees ??= { ...NOTHING };
    addRange(grown.fees, added.fees);
  }
  return grown;
}

function addRange(sum: GrowingRange, { low, expected, high }: Range): void {
  sum.low += low;
  sum.expected += expected;
  sum.high += high;
}
