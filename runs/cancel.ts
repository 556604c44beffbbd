import { stateOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import { CANCELABLE_STATES, type Run } from './run';

/**
 * Asks the API to cancel. The run goes on, as `canceling`, until the batch has ended; one that went on meanwhile, in the
 * journal, is returned as it stands there. Throws `RunError`, and an `Error` for a run that is not in a cancelable state.
 */
export async function cancelRun(run: Run, api: BatchesApi, journal: Journal, signal?: AbortSignal): Promise<Run> {
  if (!run.batch || !CANCELABLE_STATES.includes(run.state))
    throw new Error(`The run ${run.id} has no batch to cancel: it is ${run.state}.`);
  const batch = await api.cancel(run.batch.id, signal);
  return journal.update(run.id, stateOf(batch), run.state);
}
