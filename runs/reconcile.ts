import type { ModelTable } from '../batch/cost/models';
import type { Results } from './results-index';
import type { RunOutcome } from './run';

/** Holds what was submitted against what came back, in whatever order. `ids` null where they are not known any more: then nothing is missing or unexpected. */
export declare function reconcile(ids: readonly string[] | null, results: Results, models: ModelTable): RunOutcome;
/** USD of all rows; null where a model among them has no price here. */
export declare function usdOf(results: Results, models: ModelTable): number | null;
