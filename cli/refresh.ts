import { stateOf } from '../runs/batch-state';
import { CANCELABLE_STATES, type Run } from '../runs/run';
import { settleSending } from '../runs/settle';
import type { Session } from './session';

/** A run as the API has it now. Throws `RunError`, and a `Failure` where there is no key for it. */
export async function refreshed(run: Run, { journal, apiOf }: Session, signal: AbortSignal): Promise<Run> {
  if (run.state === 'sending') return settleSending(run, journal);
  if (!run.batch || !CANCELABLE_STATES.includes(run.state)) return run;
  const { batch } = await apiOf(run).retrieve(run.batch.id, signal);
  return journal.update(run.id, { ...stateOf(batch), reach: null }, run.state);
}
