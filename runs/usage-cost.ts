import type { ModelTable } from '../batch/cost/models';
import type { Usage } from './result';

/**
 * USD that the API bills for one answered request of a batch; null where the model has no price here.
 * `model` as in the answer.
 */
export declare function costOfUsage(model: string, usage: Usage, table: ModelTable): number | null;
