import type { ModelTable } from '../batch/cost/models';
import type { BatchesApi } from './batches-api';
import type { Clock } from './clock';
import type { Journal } from './journal';
import type { Run } from './run';

export interface FetchOptions {
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly models: ModelTable;
  readonly onProgress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Brings the results of an ended run to `run.resultsPath`, holds them against what was submitted, and closes the run:
 * `fetched`, or `lost` where the API has none any more. Throws `RunError`; then nothing lies at `resultsPath`.
 * Returns null while another process is fetching.
 */
export declare function fetchRun(run: Run, options: FetchOptions): Promise<Run | null>;
