import { CANCELABLE_STATES } from '../../runs/run';
import { loadRuns } from '../bundles';
import { EXIT, type Exit, Failure } from '../exit';
import { CALLING, choiceOf, parse } from '../flags';
import { printRun } from '../formats/runs';
import { refreshed } from '../refresh';
import { statePhrase } from '../run-words';
import { findRun, openSession } from '../session';
import type { Terminal } from '../terminal';

/** Asks the API to cancel a run's batch; what was answered by then stays to be fetched. */
export async function cancel(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, CALLING);
  const format = choiceOf('format', values.format, ['text', 'json']);
  const session = await openSession(values, terminal);
  const named = await findRun(session.journal, positionals, terminal.cwd);
  const run = await refreshed(named, session, terminal.signal);
  if (!CANCELABLE_STATES.includes(run.state)) throw new Failure(`There is nothing to cancel: ${statePhrase(run)}.`);
  const canceling = await loadRuns().cancelRun(run, session.apiOf(run), session.journal, terminal.signal);
  terminal.say('Canceling; what is answered by then can be fetched with "results".');
  printRun(canceling, format, terminal);
  return EXIT.ok;
}
