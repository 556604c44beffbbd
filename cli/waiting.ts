import type { ModelTable } from '../batch/cost/models';
import { size } from '../batch/wording';
import type { Run } from '../runs/run';
import { loadRuns } from './bundles';
import { statePhrase } from './run-words';
import type { Session } from './session';
import type { Terminal } from './terminal';

export interface WaitOptions {
  readonly session: Session;
  readonly models: ModelTable;
  /** Seconds. */
  readonly pollInterval: number | undefined;
}

/** Follows a run to its end, with what happens on stderr. Throws `RunError` and `Failure`. */
export async function waitFor(
  run: Run,
  { session, models, pollInterval }: WaitOptions,
  terminal: Terminal,
): Promise<Run> {
  return loadRuns().followRun(
    run.id,
    {
      journal: session.journal,
      apiFor: async (followed) => session.apiOf(followed),
      modelsFor: async () => models,
      settles: false,
      pollIntervalMs: pollInterval === undefined ? undefined : pollInterval * 1000,
      onChange: sayWhenNew(terminal),
      onTrouble: (_, { message }) => terminal.say(`${message} Trying again.`),
      onFetching: (_, bytes) => terminal.progress(`Fetched ${size(bytes)}`),
    },
    terminal.signal,
  );
}

/** Several batches of a run may change, and the run as a whole does not. */
function sayWhenNew({ say }: Terminal): (run: Run) => void {
  let said = '';
  return (run) => {
    const words = statePhrase(run);
    if (words !== said) say(words);
    said = words;
  };
}
