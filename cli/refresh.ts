import { stateOf } from '../runs/batch-state';
import { markLost } from '../runs/journal';
import type { Run, RunState } from '../runs/run';
import { isRunError } from '../runs/run-error';
import { settleSending } from '../runs/settle';
import type { Session } from './session';

/** The API knows more of a run in one of these states than the journal does. */
const CHANGING: readonly RunState[] = ['in_progress', 'canceling'];

/** A run as the API has it now. Throws `RunError`, and a `Failure` where there is no key for it. */
export async function refreshed(run: Run, { journal, apiOf }: Session, signal: AbortSignal): Promise<Run> {
  if (run.state === 'sending') return settleSending(run, journal);
  if (!run.batch || !CHANGING.includes(run.state)) return run;
  try {
    const { batch } = await apiOf(run).retrieve(run.batch.id, signal);
    return await journal.update(run.id, stateOf(batch), run.state);
  } catch (error) {
    if (!isRunError(error) || error.kind !== 'not-found') throw error;
    return markLost(journal, run, error);
  }
}
