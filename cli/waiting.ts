import type { ModelTable } from '../batch/cost/models';
import { size } from '../batch/wording';
import type { Run } from '../runs/run';
import { loadRuns } from './bundles';
import { numberOf } from './flags';
import { statePhrase } from './run-words';
import type { Session } from './session';
import type { Terminal } from './terminal';

export interface WaitOptions {
  readonly session: Session;
  readonly models: ModelTable;
  /** Seconds, as the flag says it. */
  readonly pollInterval: string | undefined;
}

/** Follows a run to its end, with what happens on stderr. Throws `RunError` and `Failure`. */
export async function waitFor(
  run: Run,
  { session, models, pollInterval }: WaitOptions,
  terminal: Terminal,
): Promise<Run> {
  const seconds = numberOf('poll-interval', pollInterval);
  return loadRuns().followRun(
    run.id,
    {
      journal: session.journal,
      apiFor: async (followed) => session.apiOf(followed),
      modelsFor: async () => models,
      settles: false,
      pollIntervalMs: seconds === undefined ? undefined : seconds * 1000,
      onChange: (changed) => terminal.say(statePhrase(changed)),
      onTrouble: (_, { message }) => terminal.say(`${message} Trying again.`),
      onFetching: (_, bytes) => terminal.progress(`Fetched ${size(bytes)}`),
    },
    terminal.signal,
  );
}
