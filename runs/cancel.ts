import { stateOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import { CANCELABLE_STATES, type Run } from './run';

/**
 * Asks the API to cancel, each of several batches. The run goes on, as `canceling`, until the batch has ended; one that went on meanwhile, in the
 * journal, is returned as it stands there. Throws `RunError`, and an `Error` for a run that is not in a cancelable state.
 */
export async function cancelRun(run: Run, api: BatchesApi, journal: Journal, signal?: AbortSignal): Promise<Run> {
  if (!run.batch || !CANCELABLE_STATES.includes(run.state))
    throw new Error(`The run ${run.id} has no batch to cancel: it is ${run.state}.`);
  if (run.parts) return cancelParts(run, run.parts, api, journal, signal);
  const batch = await api.cancel(run.batch.id, signal);
  return journal.update(run.id, stateOf(batch), run.state);
}

/** All of its batches; those that were not sent yet never are. */
async function cancelParts(
  run: Run,
  parts: readonly Run[],
  api: BatchesApi,
  journal: Journal,
  signal: AbortSignal | undefined,
): Promise<Run> {
  if (run.state === 'partial') await journal.update(run.id, { stopped: true });
  for (const part of parts) if (CANCELABLE_STATES.includes(part.state)) await cancelRun(part, api, journal, signal);
  return (await journal.get(run.id)) ?? run;
}
