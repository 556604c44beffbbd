import type { Run } from '../runs/run';
import { settleSending } from '../runs/settle';
import { loadRuns } from './bundles';
import { EXIT, Failure } from './exit';
import { numberOf } from './flags';
import { sentOf } from './run-words';
import type { Submission } from './submission';

/** The API lists a new batch at once, but a cut connection may have come before the batch. */
const SETTLE_SECONDS = 10;

/**
 * The run in which the same requests were already sent to the same place, settled where it was undecided; null where
 * they were not, or are to be sent again. Throws a `Failure` where a person must decide.
 */
export async function earlierRun(submission: Submission): Promise<Run | null> {
  const { judged, source, destination, flags, session, file } = submission;
  const runs = await session.journal.list();
  const same = runs.filter(({ sha256, baseUrl }) => sha256 === judged.check.sha256 && baseUrl === destination.baseUrl);
  const newest = same.find(({ state }) => state !== 'not-sent');
  if (!newest) return null;
  const run = newest.state === 'sending' ? await settleSending(newest, session.journal) : newest;
  submission.terminal.sent = sentOf(run, false);
  if (run.state === 'sending') throw new Failure(`Another process is sending ${file} right now.`);
  if (run.state === 'uncertain') return settleEarlier(run, submission);
  if (flags.resend || run.state === 'not-sent') return null;
  if (run.state === 'lost')
    throw new Failure(`The same requests were sent before, and their results are gone; --resend sends them again.`);
  if (run.source === source) return run;
  throw new Failure(`The same requests were sent before, from ${run.source}; --resend sends them again.`);
}

async function settleEarlier(run: Run, submission: Submission): Promise<Run | null> {
  const { flags, session } = submission;
  if (!flags.resend) return settle(run, submission);
  await loadRuns().declareNotSent(run, session.journal);
  return null;
}

/** Finds out what became of a run of which it is not known whether it made a batch. Throws a `Failure` where that fails. */
export async function settle(run: Run, { flags, session, terminal }: Submission): Promise<Run> {
  const { adoptBatch, settleUncertain } = loadRuns();
  const options = { api: session.apiOf(run), journal: session.journal, signal: terminal.signal };
  if (flags.adopt !== undefined) return adoptBatch(run, flags.adopt, options);
  const withinMs = (numberOf('settle', flags.settle) ?? SETTLE_SECONDS) * 1000;
  const settlement = await settleUncertain(run, { ...options, withinMs });
  terminal.sent = sentOf(settlement.run, false);
  if (settlement.kind === 'adopted') return settlement.run;
  const undecided =
    'Look again later with the same command, name the batch with --adopt ID, or send again with --resend.';
  if (settlement.kind === 'none')
    throw new Failure(`No batch of this submission is to be seen, yet. ${undecided}`, EXIT.undecided);
  const ids = settlement.candidates.map(({ id, created_at }) => `${id} (${created_at})`).join(', ');
  throw new Failure(`Several batches could be that of this submission: ${ids}. ${undecided}`, EXIT.undecided);
}
