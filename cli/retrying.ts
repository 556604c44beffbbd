import type { ModelTable } from '../batch/cost/models';
import { count, counted } from '../batch/wording';
import { openTable } from '../results/open-table';
import type { ResultsTable } from '../results/results-table';
import { type RetryKind, type RetryReason, retryReasons, writeRetryFile } from '../results/retry';
import { retriesOf } from '../runs/results-files';
import { retryPathFor } from '../runs/results-path';
import { noteRetry } from '../runs/retry-links';
import type { Run } from '../runs/run';
import { isOpen } from '../runs/run-words';
import { settle } from './earlier-run';
import { Failure } from './exit';
import { numberOf } from './flags';
import { bringResults, sayEnd } from './results';
import type { Session } from './session';
import { type SubmissionFlags, submitOnce } from './submission';
import type { Terminal } from './terminal';
import { waitFor } from './waiting';

/** What is bought again by itself. What a person canceled is not, and an answer that was cut off would be cut off again. */
const RETRIED: readonly RetryKind[] = ['errored', 'expired', 'missing'];

export interface RetryWork {
  readonly flags: SubmissionFlags;
  /** Seconds. */
  readonly pollInterval: number | undefined;
  readonly session: Session;
  readonly models: ModelTable;
}

/** Reads `--retry N`. */
export function retriesWanted(flag: string | undefined): number {
  const wanted = numberOf('retry', flag) ?? 0;
  if (!Number.isInteger(wanted)) throw new Failure(`--retry takes a whole number, not "${flag}".`);
  return wanted;
}

/**
 * Tries the requests of a run again that failed, up to `most` times, each time as a run of its own; never what would fail
 * again unchanged. The journal knows which runs these are: started again it goes on with the one that is under way, and
 * counts those that are done. Throws `Failure` and `RunError`.
 */
export async function retryFailed(first: Run, most: number, work: RetryWork, terminal: Terminal): Promise<void> {
  const { journal } = work.session;
  const lock = await journal.lock(`retry-${first.id}`);
  if (!lock) throw new Failure(`Another process is retrying run ${first.id} right now.`);
  try {
    for (;;) {
      const made = retriesOf(first.id, await journal.list()).filter(({ state }) => state !== 'not-sent');
      const begun = made.find(isOpen);
      if (begun) await finish(await resumed(begun, work, terminal), work, terminal);
      else if (made.length >= most || !(await retryOnce(first, made.length + 1, work, terminal))) return;
    }
  } finally {
    await lock.release();
  }
}

/** The results of a run and its retries, read as one. Close it. */
export async function openAttempts(
  run: Run,
  { session: { journal }, models }: Pick<RetryWork, 'session' | 'models'>,
  { signal }: Pick<Terminal, 'signal'>,
): Promise<ResultsTable> {
  return openTable(run.resultsPath, await journal.ids(run.id), { models, signal, runs: await journal.list() });
}

/** False where nothing is left that could succeed. */
async function retryOnce(first: Run, number: number, work: RetryWork, terminal: Terminal): Promise<boolean> {
  const { journal } = work.session;
  const table = await openAttempts(first, work, terminal);
  table.close();
  const reasons = retryReasons(table.rows, RETRIED);
  const chosen = reasons.filter(({ isHopeless }) => !isHopeless);
  if (chosen.length < reasons.length)
    terminal.say(`Would fail again unchanged: ${counted(requestsOf(reasons) - requestsOf(chosen), 'request')}.`);
  const ids = chosen.flatMap((reason) => reason.ids);
  if (ids.length === 0) return false;
  const target = await retryPathFor(first.source);
  const written = await writeRetryFile({ source: first.source, ids, target }, terminal.signal);
  if (written.ids.length === 0) return false;
  await noteRetry(journal.stateDir, written.ids, first.id);
  terminal.say(`Retry ${number}: ${counted(written.ids.length, 'request')}, in ${target}.`);
  await finish(await submitted(target, work, terminal), work, terminal);
  return true;
}

const requestsOf = (reasons: readonly RetryReason[]): number => reasons.reduce((sum, { ids }) => sum + ids.length, 0);

/** The same failed requests may make the same file twice: the flag says that they are bought once more. */
async function submitted(file: string, { flags, session }: RetryWork, terminal: Terminal) {
  return submitOnce(file, { ...flags, output: undefined, again: true }, session, terminal);
}

/** Of one that may not have been sent its file says what was to be. */
async function resumed(run: Run, work: RetryWork, terminal: Terminal) {
  const isDecided = !['sending', 'partial', 'uncertain'].includes(run.state);
  if (!isDecided) return submitted(run.source, work, terminal);
  terminal.say(`Retry under way: run ${run.id}, ${count(run.requests)} requests.`);
  return { run, submission: undefined };
}

async function finish(
  { run, submission }: { readonly run: Run; readonly submission?: Parameters<typeof settle>[1] | undefined },
  { session, models, pollInterval }: RetryWork,
  terminal: Terminal,
): Promise<void> {
  const options = { session, models, pollInterval };
  let ended = await waitFor(run, options, terminal);
  while (ended.state === 'uncertain' && submission)
    ended = await waitFor(await settle(ended, submission), options, terminal);
  const fetched = ended.state === 'fetched' ? await bringResults(ended, undefined, options, terminal) : ended;
  if (fetched.state !== 'fetched' && fetched.state !== 'lost')
    throw new Failure(`The retry ${fetched.id} is not finished; start the same command again.`);
  sayEnd(fetched, terminal);
}
