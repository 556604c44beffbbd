import type { ModelTallies } from '../model-count';
import type { RequestEstimate } from './estimate';
import type { ModelTokens } from './lower-price';

/** What the requests of an open document come to by the model that they name, kept up as lines come and go: whole numbers. */
export class TokensByModel {
  readonly #sums = new Map<string, { -readonly [K in keyof ModelTokens]: ModelTokens[K] }>();

  get all(): ReadonlyMap<string, ModelTokens> {
    return this.#sums;
  }

  /** `sign` is -1 for a request that goes. */
  count(model: string | undefined, { inputTokens, outputTokens }: RequestEstimate, sign: 1 | -1): void {
    if (model === undefined) return;
    const sum = this.#sums.get(model) ?? { requests: 0, input: 0, output: 0 };
    this.#sums.set(model, sum);
    sum.requests += sign;
    sum.input += sign * inputTokens.expected;
    sum.output += sign * outputTokens.expected;
    if (sum.requests === 0) this.#sums.delete(model);
  }
}

/** The same of sums that are there. */
export function tokensByModel(tallies: ModelTallies): ReadonlyMap<string, ModelTokens> {
  const sums = new Map<string, ModelTokens>();
  for (const [model, { estimate }] of tallies) {
    const { requests, inputTokens, outputTokens } = estimate;
    if (model !== undefined) sums.set(model, { requests, input: inputTokens.expected, output: outputTokens.expected });
  }
  return sums;
}
