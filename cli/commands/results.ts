import { type Exit, Failure } from '../exit';
import { CALLING, choiceOf, FETCHING, parse } from '../flags';
import { printResults } from '../formats/runs';
import { judgementOf } from '../judge';
import { merge } from '../merged';
import { refreshed } from '../refresh';
import { bringResults, sayEnd } from '../results';
import { allowFailedOf, exitOf, statePhrase } from '../run-words';
import { findRun, openSession } from '../session';
import type { Terminal } from '../terminal';

/** Fetches the results of a run whose batch has ended. */
export async function results(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    ...CALLING,
    ...FETCHING,
    merged: { type: 'boolean' },
    'input-order': { type: 'boolean' },
  });
  const format = choiceOf('format', values.format, ['text', 'json']);
  const allowFailed = allowFailedOf(values['allow-failed']);
  const session = await openSession(values, terminal);
  const named = await findRun(session.journal, positionals, terminal.cwd);
  const run = await refreshed(named, session, terminal.signal);
  if (run.state === 'lost') throw new Failure(run.problem?.message ?? 'The results are gone.');
  if (run.state !== 'ended' && run.state !== 'fetched')
    throw new Failure(`There are no results yet: ${statePhrase(run)}.`);
  const { context } = await judgementOf(run.source, { stateDir: values['state-dir'] }, terminal);
  if (values['input-order'] && !values.merged) throw new Failure('--input-order goes with --merged.');
  const at = { session, models: context.models };
  if (values.merged) {
    const { output, 'input-order': inputOrder = false } = values;
    const whole = await bringResults(run, undefined, at, terminal);
    return merge(whole, { ...at, output, inputOrder, format, allowFailed }, terminal);
  }
  const fetched = await bringResults(run, values.output, at, terminal);
  sayEnd(fetched, terminal);
  printResults(fetched, format, terminal);
  return exitOf(fetched, allowFailed);
}
