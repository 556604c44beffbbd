import type { Run } from '../../runs/run';
import { isRunError } from '../../runs/run-error';
import { EXIT, type Exit, Failure } from '../exit';
import { CALLING, choiceOf, parse } from '../flags';
import { printRun, printRuns } from '../formats/runs';
import { refreshed } from '../refresh';
import { findRun, openSession, type Session } from '../session';
import type { Terminal } from '../terminal';

/** Shows one run, or all of the journal, newest first; those that go on as the API has them now, where it can be asked. */
export async function status(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, CALLING);
  const format = choiceOf('format', values.format, ['text', 'json']);
  const session = await openSession(values, terminal);
  if (positionals.length > 0) {
    const run = await findRun(session.journal, positionals, terminal.cwd);
    printRun(await refreshedIfPossible(run, session, terminal), format, terminal);
    return EXIT.ok;
  }
  const runs: Run[] = [];
  for (const run of await session.journal.list()) runs.push(await refreshedIfPossible(run, session, terminal));
  if (runs.length === 0) terminal.say(`The journal in ${session.journal.stateDir} has no runs.`);
  printRuns(runs, format, terminal);
  return EXIT.ok;
}

/** What the journal knows is worth showing without the API, too. */
async function refreshedIfPossible(run: Run, session: Session, { signal, say }: Terminal): Promise<Run> {
  try {
    return await refreshed(run, session, signal);
  } catch (error) {
    if (signal.aborted || !(isRunError(error) || error instanceof Failure)) throw error;
    say(`${run.id}, as last seen: ${error.message}`);
    return run;
  }
}
