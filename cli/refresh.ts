import { stateOf } from '../runs/batch-state';
import { CANCELABLE_STATES, type Run } from '../runs/run';
import { settleSending } from '../runs/settle';
import type { Session } from './session';

/** A run as the API has it now. Throws `RunError`, and a `Failure` where there is no key for it. */
export async function refreshed(run: Run, session: Session, signal: AbortSignal): Promise<Run> {
  const { journal, apiOf } = session;
  if (run.parts && run.state !== 'sending') {
    for (const part of run.parts) await refreshed(part, session, signal);
    return (await journal.get(run.id)) ?? run;
  }
  if (run.state === 'sending') return settleSending(run, journal);
  if (!run.batch || !CANCELABLE_STATES.includes(run.state)) return run;
  const { batch } = await apiOf(run).retrieve(run.batch.id, signal);
  return journal.update(run.id, { ...stateOf(batch), reach: null }, run.state);
}
