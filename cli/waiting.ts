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
  const say = sayWhenNew(terminal);
  return loadRuns().followRun(
    run.id,
    {
      journal: session.journal,
      apiFor: async (followed) => session.apiOf(followed),
      modelsFor: async () => models,
      settles: false,
      pollIntervalMs: pollInterval === undefined ? undefined : pollInterval * 1000,
      onChange: (changed) => say(statePhrase(changed)),
      onTrouble: (_, { message }) => say(`${message} Trying again.`),
      onFetching: (_, bytes) => terminal.progress(`Fetched ${size(bytes)}`),
    },
    terminal.signal,
  );
}

/** Several batches of a run may change, and the run as a whole does not; an API may be out of reach for hours. */
function sayWhenNew({ say }: Terminal): (words: string) => void {
  let said = '';
  return (words) => {
    if (words !== said) say(words);
    said = words;
  };
}
