import { bundledModels } from '../../batch/cost/models';
import { count, counted } from '../../batch/wording';
import { openTable } from '../../results/open-table';
import { RETRY_KINDS, type RetryReason, retryReasons, USUAL_KINDS, writeRetryFile } from '../../results/retry';
import type { Journal } from '../../runs/journal';
import { retryPathFor } from '../../runs/results-path';
import { noteRetry } from '../../runs/retry-links';
import type { Run } from '../../runs/run';
import { EXIT, type Exit, Failure } from '../exit';
import { choiceOf, numberOf, parse } from '../flags';
import { freeOutput } from '../results';
import { findRun, openSession } from '../session';
import type { Terminal } from '../terminal';

/** Writes the requests of a run that may be sent again to a batch file of their own. */
export async function retry(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    'state-dir': { type: 'string' },
    output: { type: 'string', short: 'o' },
    only: { type: 'string' },
    'max-tokens': { type: 'string' },
  });
  const maxTokens = maxTokensOf(values['max-tokens']);
  const usual = maxTokens === undefined ? USUAL_KINDS : RETRY_KINDS;
  const kinds = values.only?.split(',').map((kind) => choiceOf('only', kind, RETRY_KINDS)) ?? usual;
  const { journal } = await openSession(values, terminal);
  const run = await findRun(journal, positionals, terminal.cwd);
  const reasons = await reasonsOf(run, journal, kinds, terminal.signal);
  const hopeless = reasons.filter(({ isHopeless }) => isHopeless);
  const chosen = reasons.filter(({ isHopeless }) => !isHopeless);
  if (hopeless.length > 0) sayHopeless(hopeless, terminal);
  if (chosen.length === 0) {
    terminal.say('There is nothing to send again.');
    return EXIT.ok;
  }
  for (const reason of chosen) terminal.say(`  ${reasonPhrase(reason)}`);
  const ids = chosen.flatMap((reason) => reason.ids);
  const cutOff = new Set(chosen.flatMap((reason) => (reason.kind === 'truncated' ? reason.ids : [])));
  const target = (await freeOutput(values.output, terminal.cwd)) ?? (await retryPathFor(run.source));
  const raised = maxTokens === undefined ? undefined : { ids: cutOff, maxTokens };
  const sent = await journal.submitted(run.id);
  const written = await writeRetryFile({ source: run.source, ids, raised, target, sent }, terminal.signal);
  await noteRetry(journal.stateDir, written.ids, run.id);
  const gone = ids.length - written.ids.length;
  if (gone > 0) terminal.say(`${count(gone)} of them are no longer in ${run.source}.`);
  if (written.changed.length > 0) terminal.say(changedPhrase(written.changed));
  terminal.print(`${target}\n`);
  terminal.say(`${counted(written.ids.length, 'request')} to send again.`);
  return EXIT.ok;
}

function maxTokensOf(text: string | undefined): number | undefined {
  const maxTokens = numberOf('max-tokens', text);
  if (maxTokens !== undefined && (!Number.isInteger(maxTokens) || maxTokens < 1))
    throw new Failure('--max-tokens takes a whole number of at least 1.');
  return maxTokens;
}

async function reasonsOf(
  run: Run,
  journal: Journal,
  kinds: Parameters<typeof retryReasons>[1],
  signal: AbortSignal,
): Promise<RetryReason[]> {
  if (run.state !== 'fetched') throw new Failure('Its results are not on disk; fetch them with "results" first.');
  const options = { models: bundledModels, signal, runs: await journal.list() };
  const table = await openTable(run.resultsPath, await journal.ids(run.id), options).catch((error: Error) => {
    throw new Failure(`The results cannot be read: ${error.message}.`);
  });
  table.close();
  return retryReasons(table.rows, kinds);
}

function sayHopeless(reasons: readonly RetryReason[], { say }: Terminal): void {
  const requests = reasons.reduce((sum, { ids }) => sum + ids.length, 0);
  say(`${counted(requests, 'request')} would fail again unchanged:`);
  for (const reason of reasons) say(`  ${reasonPhrase(reason)}`);
}

/** `2 of them were changed since they were sent (ticket-1, ticket-2).` */
function changedPhrase(ids: readonly string[]): string {
  return `${count(ids.length)} of them were changed since they were sent (${named(ids)}).`;
}

/** `12 errored, overloaded_error: Overloaded (ticket-1, ticket-2, …)` */
function reasonPhrase({ kind, fault, ids }: RetryReason): string {
  return `${count(ids.length)} ${kind}${fault ? `, ${fault}` : ''} (${named(ids)})`;
}

function named(ids: readonly string[]): string {
  return `${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? ', …' : ''}`;
}

/** Enough ids to see which are meant. */
const NAMED = 3;
