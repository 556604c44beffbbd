/** The messages about what a file costs, beside those of `protocol.ts`. */
import { type ProgressToken, RequestType } from 'vscode-languageserver-protocol';
import type { CostBreakdown } from '../../../batch/cost/breakdown';
import type { ModelSample } from '../../../batch/cost/count-sample';
import type { ModelComparison } from '../../../batch/cost/model-comparison';

export interface CostParams {
  readonly uri: string;
  readonly workDoneToken?: ProgressToken;
}

/** Client to server: the requests by which the tokens of a file are to be counted; cancel the request to stop. */
export const SampleRequests = new RequestType<CostParams, readonly ModelSample[], void>(
  'messageBatches/sampleRequests',
);

/** Client to server: what the requests of a file cost, by model and by part; cancel the request to stop. */
export const BreakDownCost = new RequestType<CostParams, CostBreakdown, void>('messageBatches/breakDownCost');

/** Client to server: what the requests of a file would cost with other models; cancel the request to stop. */
export const CompareModels = new RequestType<CostParams, ModelComparison, void>('messageBatches/compareModels');

export interface ExportCostParams extends CostParams {
  /** URI of the file to write, in the place of one that is there. */
  readonly target: string;
}

/** Client to server: write what each request of a file costs as CSV; how many. Cancel the request to stop; then nothing is written. */
export const ExportCost = new RequestType<ExportCostParams, { readonly requests: number }, void>(
  'messageBatches/exportCost',
);
