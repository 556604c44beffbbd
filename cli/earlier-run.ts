import path from 'node:path';
import { singles } from '../runs/parts';
import type { Run } from '../runs/run';
import { isRunError } from '../runs/run-error';
import { type Standing, standingOf, standingPhrase } from '../runs/standing';
import { loadRuns } from './bundles';
import { EXIT, Failure } from './exit';
import { numberOf } from './flags';
import { sentOf } from './run-words';
import type { Submission } from './submission';
import { NOTHING_SENT } from './terminal';

/**
 * The run with which to go on instead of sending; null where a new one is to be made. Throws a `Failure` where nothing
 * may be sent, or a person must decide.
 */
export async function earlierRun(submission: Submission): Promise<Run | null> {
  const { judged, source, destination, flags, session, terminal } = submission;
  const { sha256, judgedBy } = judged.check;
  const wanted = { source, sha256: sha256 ?? '', baseUrl: destination.baseUrl, ...judgedBy };
  const standing = await standingOf(wanted, session.journal);
  if (flags.adopt !== undefined) throwUnlessAdoptable(flags.adopt, standing, source);
  if (standing.kind === 'new') return null;
  const { run } = standing;
  terminal.sent = standing.kind === 'changed' ? NOTHING_SENT : sentOf(run, false);
  terminal.say(standingPhrase(standing) ?? '');
  switch (standing.kind) {
    case 'sending':
      throw new Failure('Nothing was sent; start the same command again when it is done.', EXIT.failure);
    case 'undecided':
      return flags.resend ? declaredNotSent(run, submission) : settle(run, submission);
    case 'unfinished':
      return run;
    case 'changed':
      throw new Failure(`Wait for it, or end it with "message-batches cancel ${run.id}".`, EXIT.undecided);
    case 'complete':
    case 'missing':
      return flags.again ? null : run;
    case 'archived':
      if (flags.again) return null;
      throw new Failure('--again buys them once more.', EXIT.failure);
  }
}

/** Whoever names a batch wants nothing sent. */
function throwUnlessAdoptable(batchId: string, standing: Standing, source: string): void {
  if (standing.kind === 'undecided') return;
  if (standing.kind !== 'new' && singles([standing.run]).some(({ batch }) => batch?.id === batchId)) return;
  throw new Failure(
    `There is no undecided submission of ${path.basename(source)} that ${batchId} could be adopted for.`,
  );
}

/** A person says that no batch was made. Of several only the undecided one is sent again. */
async function declaredNotSent(run: Run, { session: { journal } }: Submission): Promise<Run | null> {
  for (const each of undecided(run)) await loadRuns().declareNotSent(each, journal);
  return run.parts ? ((await journal.get(run.id)) ?? null) : null;
}

/** Those of which it is not known whether they made a batch: the run, or some of its parts. */
const undecided = (run: Run): Run[] => singles([run]).filter(({ state }) => state === 'uncertain');

const NEXT = (run: Run) =>
  `Look again later with the same command, name the batch with --adopt ID, or send run ${run.id} again with --resend.`;

/** Finds out what became of a run of which it is not known whether it made a batch. Throws a `Failure` where that fails. */
export async function settle(run: Run, submission: Submission): Promise<Run> {
  const { journal } = submission.session;
  for (const each of undecided(run)) await settleOne(each, submission);
  const settled = (await journal.get(run.id)) ?? run;
  submission.terminal.sent = sentOf(settled, false);
  return settled;
}

async function settleOne(run: Run, { flags, session, terminal }: Submission): Promise<void> {
  const { adoptBatch, settleUncertain } = loadRuns();
  const { signal } = terminal;
  const options = { api: session.apiOf(run), journal: session.journal, signal };
  if (flags.adopt !== undefined) return void (await adoptBatch(run, flags.adopt, options));
  const seconds = numberOf('settle', flags.settle);
  const settleMs = seconds === undefined ? undefined : seconds * 1000;
  const onLooking = (leftMs: number) =>
    terminal.progress(`Looking for the batch, for ${Math.max(0, Math.ceil(leftMs / 1000))} s more`);
  terminal.sent = sentOf(run, false);
  if (run.problem) terminal.say(run.problem.message);
  terminal.say('Looking for the batch that may have been made. Nothing is sent again.');
  const settlement = await settleUncertain(run, { ...options, settleMs, onLooking }).catch((error: unknown) => {
    if (!isRunError(error) || error.kind === 'canceled') throw error;
    throw new Failure(`${error.message} ${NEXT(run)}`, EXIT.undecided);
  });
  switch (settlement.kind) {
    case 'adopted':
      return terminal.say(
        `It is batch ${settlement.run.batch?.id}, as far as can be told before its results are there.`,
      );
    case 'unlisted':
      throw new Failure(`${new URL(run.baseUrl).host} gives no list of batches. ${NEXT(run)}`, EXIT.undecided);
    case 'several': {
      const ids = settlement.candidates.map(({ id, created_at }) => `${id} (${created_at})`).join(', ');
      throw new Failure(`Several batches could be that of this submission: ${ids}. ${NEXT(run)}`, EXIT.undecided);
    }
    default:
      throw new Failure(`No batch of this submission is to be seen. ${NEXT(run)}`, EXIT.undecided);
  }
}
