import type { Run } from '../../runs/run';
import type { App } from './app';
import { pickOne } from './ask';
import { notice } from './notice';
import { runLabel } from './text/removal';

/** The run of the menu, else one that is chosen, as the journal has it now; undefined where there is none that fits. */
export async function pickRun(
  { runs }: Pick<App, 'runs'>,
  listed: Run | undefined,
  fits: (run: Run) => boolean,
): Promise<Run | undefined> {
  const chosen = listed ?? (await choose((await runs.refresh()).filter(fits)));
  const run = chosen && (await (await runs.journal()).get(chosen.id));
  return run && fits(run) ? run : undefined;
}

async function choose(runs: readonly Run[]): Promise<Run | undefined> {
  const items = runs.map((run) => ({ label: runLabel(run), description: run.batch?.id ?? '', run }));
  if (items.length === 0) void notice.information('There is no such run.');
  return items.length > 0 ? (await pickOne(items, { title: 'Which run?' }))?.run : undefined;
}
