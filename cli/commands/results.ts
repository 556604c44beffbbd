import type { ModelTable } from '../../batch/cost/models';
import { count, counted } from '../../batch/wording';
import { openTable } from '../../results/open-table';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../../results/query';
import { requestPlaces } from '../../results/request-places';
import { writeRows } from '../../results/write-rows';
import { mergedPathFor } from '../../runs/results-path';
import type { Run } from '../../runs/run';
import { EXIT, type Exit, Failure } from '../exit';
import { CALLING, choiceOf, FETCHING, parse } from '../flags';
import { printResults } from '../formats/runs';
import { judgementOf } from '../judge';
import { refreshed } from '../refresh';
import { bringResults, freeOutput, sayEnd } from '../results';
import { allowFailedOf, exitOf, statePhrase } from '../run-words';
import { findRun, openSession, type Session } from '../session';
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
  if (values.merged) return merged(run, values, { session, models: context.models }, terminal);
  const fetched = await bringResults(run, values.output, { session, models: context.models }, terminal);
  sayEnd(fetched, terminal);
  printResults(fetched, format, terminal);
  return exitOf(fetched, allowFailed);
}

/** Writes the results of a run and its retries as one file: the latest success of each request, else its latest failure. */
async function merged(
  run: Run,
  flags: { readonly output?: string | undefined; readonly 'input-order'?: boolean | undefined },
  { session, models }: { readonly session: Session; readonly models: ModelTable },
  terminal: Terminal,
): Promise<Exit> {
  await bringResults(run, undefined, { session, models }, terminal);
  const { signal } = terminal;
  const table = await openTable(run.resultsPath, await session.journal.ids(run.id), { models, signal });
  try {
    const target = (await freeOutput(flags.output, terminal.cwd)) ?? (await mergedPathFor(run.source));
    const lines = flags['input-order'] ? await requestPlaces(run.source, { signal }) : new Map<string, never>();
    const written = await writeRows(
      table,
      orderRows(table, EVERYTHING, INPUT_ORDER, (customId) => lines.get(customId)?.line),
      target,
      signal,
    );
    terminal.print(`${target}\n`);
    terminal.say(`${counted(written, 'result')} of ${counted(table.paths.length, 'attempt')}.`);
    const left = table.rows.filter(({ outcome }) => outcome !== 'answered' && outcome !== 'suspicious').length;
    if (left > 0) terminal.say(`Not answered: ${counted(left, 'request')} of ${count(table.rows.length)}.`);
    return left > 0 ? EXIT.amiss : EXIT.ok;
  } finally {
    table.close();
  }
}
