/** Tokens and prices of one request. Flat, because a file has 100,000 of them. */
export interface RequestEstimate {
  readonly inputTokens: Range;
  /** `high` is `max_tokens`. */
  readonly outputTokens: Range;
  /** USD in a batch; null where the model has no price here. */
  readonly usd: Cost | null;
  /** USD of the same request sent alone. */
  readonly standardUsd: Cost | null;
}

export interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** USD for what goes in and what comes out, kept apart: the first is nearly known, the second is a guess. */
export interface Cost {
  readonly input: Range;
  readonly output: Range;
}
