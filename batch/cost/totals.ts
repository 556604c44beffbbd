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
const plusCost = (a: Cost | null, b: Cost | null): Cost | null =>
  a && b ? { input: plus(a.input, b.input), output: plus(a.output, b.output) } : (a ?? b);

export const NO_ESTIMATE: EstimateTotals = {
  requests: 0,
  inputTokens: NOTHING,
  outputTokens: NOTHING,
  usd: null,
  standardUsd: null,
  unpricedRequests: 0,
};

export function addEstimate(sum: EstimateTotals, one: RequestEstimate): EstimateTotals {
  return {
    requests: sum.requests + 1,
    inputTokens: plus(sum.inputTokens, one.inputTokens),
    outputTokens: plus(sum.outputTokens, one.outputTokens),
    usd: plusCost(sum.usd, one.usd),
    standardUsd: plusCost(sum.standardUsd, one.standardUsd),
    unpricedRequests: sum.unpricedRequests + (one.usd ? 0 : 1),
  };
}

/** Input and output together, as the command line's contract has it. */
export function total({ input, output }: Cost): Range {
  return plus(input, output);
}
