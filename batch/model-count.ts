import type { RequestEstimate } from './cost/estimate';
import { addEstimate, addTotals, type EstimateTotals, type GrowingTotals, newTotals } from './cost/totals';

/** The requests that name a model. */
export interface ModelCount {
  readonly model: string;
  readonly requests: number;
  readonly estimate: EstimateTotals;
  /** The greatest bound of an answer. */
  readonly maxTokens: number;
}

/** The same as it grows. */
export interface ModelTally {
  readonly estimate: GrowingTotals;
  maxTokens: number;
}

/** By model as written; undefined are requests that name none. */
export type ModelTallies = Map<string | undefined, ModelTally>;

/** Adds a request that names `model`. */
export function addToModel(tallies: ModelTallies, model: string | undefined, estimate: RequestEstimate): void {
  const tally = tallyOf(tallies, model);
  addEstimate(tally.estimate, estimate);
  if (estimate.outputTokens.high > tally.maxTokens) tally.maxTokens = estimate.outputTokens.high;
}

/** Adds the sums over other requests. */
export function addModels(tallies: ModelTallies, others: ModelTallies): void {
  for (const [model, other] of others) {
    const tally = tallyOf(tallies, model);
    addTotals(tally.estimate, other.estimate);
    tally.maxTokens = Math.max(tally.maxTokens, other.maxTokens);
  }
}

/** Most requests first. */
export function modelCounts(tallies: ModelTallies): ModelCount[] {
  return [...tallies]
    .flatMap(([model, { estimate, maxTokens }]) =>
      model === undefined ? [] : [{ model, requests: estimate.requests, estimate, maxTokens }],
    )
    .sort((a, b) => b.requests - a.requests);
}

/** The sums over the requests of all models. */
export function totalOf(tallies: ModelTallies): EstimateTotals {
  const total = newTotals();
  for (const { estimate } of tallies.values()) addTotals(total, estimate);
  return total;
}

function tallyOf(tallies: ModelTallies, model: string | undefined): ModelTally {
  const known = tallies.get(model);
  if (known) return known;
  const made = { estimate: newTotals(), maxTokens: 0 };
  tallies.set(model, made);
  return made;
}
