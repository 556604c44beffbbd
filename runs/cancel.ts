import { stateOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import type { Run } from './run';

/** Asks the API to cancel. The run goes on, as `canceling`, until the batch has ended. Throws `RunError`. */
export async function cancelRun(run: Run, api: BatchesApi, journal: Journal, signal?: AbortSignal): Promise<Run> {
  if (!run.batch) throw new Error(`The run ${run.id} has no batch to cancel.`);
  const batch = await api.cancel(run.batch.id, signal);
  return journal.update(run.id, stateOf(batch));
}
