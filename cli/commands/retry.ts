import { count, counted } from '../../batch/wording';
import { openResults } from '../../runs/results-index';
import { retryPathFor } from '../../runs/results-path';
import { RETRY_KINDS, type RetryKind, type RetrySet, retrySet, writeRetryFile } from '../../runs/retry';
import type { Run } from '../../runs/run';
import { EXIT, type Exit, Failure } from '../exit';
import { choiceOf, parse } from '../flags';
import { freeOutput } from '../results';
import { findRun, openSession } from '../session';
import type { Terminal } from '../terminal';

/** As many refused requests are named as a screen takes. */
const NAMED = 10;

/** Writes the requests of a run that may be sent again, unchanged, to a batch file of their own. */
export async function retry(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const { values, positionals } = parse(args, {
    'state-dir': { type: 'string' },
    output: { type: 'string', short: 'o' },
    only: { type: 'string' },
  });
  const kinds = values.only?.split(',').map((kind) => choiceOf('only', kind, RETRY_KINDS));
  const { journal } = await openSession(values, terminal);
  const run = await findRun(journal, positionals, terminal.cwd);
  const { ids, refused } = await setOf(run, await journal.ids(run.id), kinds);
  if (refused.length > 0) sayRefused(refused, terminal);
  if (ids.length === 0) {
    terminal.say('There is nothing to send again.');
    return EXIT.ok;
  }
  const target = (await freeOutput(values.output, terminal.cwd)) ?? (await retryPathFor(run.source));
  const written = await writeRetryFile(run.source, ids, target, terminal.signal);
  if (written < ids.length) terminal.say(`${count(ids.length - written)} of them are no longer in ${run.source}.`);
  terminal.print(`${target}\n`);
  terminal.say(`${counted(written, 'request')} to send again.`);
  return EXIT.ok;
}

async function setOf(
  run: Run,
  submitted: readonly string[] | null,
  kinds: readonly RetryKind[] | undefined,
): Promise<RetrySet> {
  if (run.state !== 'fetched') throw new Failure('Its results are not on disk; fetch them with "results" first.');
  const results = await openResults(run.resultsPath).catch((error: Error) => {
    throw new Failure(`The results cannot be read: ${error.message}.`);
  });
  try {
    return retrySet(submitted ?? [...results.ids()], results, kinds);
  } finally {
    results.close();
  }
}

function sayRefused(refused: RetrySet['refused'], { say }: Terminal): void {
  say(`${counted(refused.length, 'request')} would fail again unchanged:`);
  for (const { customId, message } of refused.slice(0, NAMED)) say(`  ${customId}: ${message}`);
  if (refused.length > NAMED) say(`  … and ${count(refused.length - NAMED)} more`);
}
