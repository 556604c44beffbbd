/** The messages about what a file costs, beside those of `protocol.ts`. */
import { type ProgressToken, RequestType } from 'vscode-languageserver-protocol';
import type { ModelSample } from '../../../batch/cost/count-sample';

export interface CostParams {
  readonly uri: string;
  readonly workDoneToken?: ProgressToken;
}

/** Client to server: the requests by which the tokens of a file are to be counted; cancel the request to stop. */
export const SampleRequests = new RequestType<CostParams, readonly ModelSample[], void>(
  'messageBatches/sampleRequests',
);
