import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import type { Run } from './run';
/** Asks the API to cancel; the run goes on as `canceling` until the batch has ended. Throws `RunError`. */
export declare function cancelRun(run: Run, api: BatchesApi, journal: Journal, signal?: AbortSignal): Promise<Run>;
