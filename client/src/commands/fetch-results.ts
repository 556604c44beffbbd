import { access } from 'node:fs/promises';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { fetchAgain } from '../fetch-again';
import { notice } from '../notice';
import { pickRun } from '../pick-run';
import { mayHaveResults } from '../text/removal';

/** Brings the results of an ended batch to disk: for the first time, or where they are not there any more. */
export async function fetchResults(app: App, listed?: Run): Promise<void> {
  const run = await pickRun(app, listed, mayHaveResults);
  if (!run) return;
  if (run.state === 'fetched' && (await exists(run.resultsPath)))
    return void notice.information(`The results are on disk: ${run.resultsPath}.`);
  await fetchAgain(app, run);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
