import { stateOf } from './batch-state';
import type { BatchAnswer, BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { type CreateVerdict, pauseBeforeNext, verdictOnCreate } from './create-verdict';
import type { Journal } from './journal';
import type { Attempt, Instant, Run } from './run';
import { isRunError, RunError } from './run-error';
import type { Submitted } from './submitted';
import { type Upload, type UploadProgress, uploadOf } from './upload';

export interface SendOptions {
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: UploadProgress | undefined;
  /** Nothing was bought, and it is sent again after so many milliseconds. */
  readonly onWaiting?: ((error: RunError, ms: number) => void) | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * `run.state` is `in_progress`, `not-sent` or `uncertain`, or `partial` for several batches of which some were made; `error` is why it is not the first, or that the journal could
 * not note it.
 */
export interface Submission {
  readonly run: Run;
  readonly error: RunError | null;
}

/**
 * Sends a run that the journal has as `sending`, until it is known what came of it: again by itself only where nothing can
 * have been bought.
 */
export async function sendRun(first: Run, requests: readonly Submitted[], options: SendOptions): Promise<Submission> {
  const { journal, signal, onWaiting, clock = systemClock } = options;
  let run = first;
  for (let number = 1; ; number++) {
    if (number > 1)
      run = await nextAttempt(run, { number, begun: clock.instant(), released: null, ended: null }, journal);
    const upload = uploadFor(run, requests, options);
    const answer = await options.api.create(upload, signal).catch(orRunError);
    if (!isRunError(answer)) return noted(run, made(answer), `The batch ${answer.batch.id} was made.`, null, journal);
    const verdict = verdictOnCreate(answer, upload.released);
    const pause = signal?.aborted ? null : pauseBeforeNext(verdict, number, answer.retryAfterMs);
    if (pause === null)
      return noted(run, failed(run, answer, verdict, clock.instant()), answer.message, answer, journal);
    onWaiting?.(answer, pause);
    const stopped = pause > 0 ? await clock.sleep(pause, signal).catch(orRunError) : undefined;
    if (stopped) return noted(run, failed(run, answer, 'refused', clock.instant()), answer.message, stopped, journal);
  }
}

/** Noted before its first byte, like the first one. */
async function nextAttempt(run: Run, attempt: Attempt, journal: Journal): Promise<Run> {
  await journal.dropSubmitted(run.id);
  return journal.update(run.id, { attempt });
}

function uploadFor(run: Run, requests: readonly Submitted[], options: SendOptions): Upload {
  const { journal, onProgress, signal, clock = systemClock } = options;
  const { source, lines, bytes, sha256, attempt } = run;
  // Two files say it, so that neither can be cut off without the other telling.
  const beforeLast = async (): Promise<void> => {
    await journal.putSubmitted(run.id, requests);
    await journal.update(run.id, { attempt: attempt && { ...attempt, released: clock.instant() } });
  };
  return uploadOf({ source, lines, bytes, sha256, beforeLast, onProgress, signal });
}

function made({ batch, account }: BatchAnswer): Partial<Run> {
  return { ...stateOf(batch), adoption: 'answered', account };
}

function failed(
  { attempt }: Run,
  { message, requestId, said }: RunError,
  verdict: CreateVerdict,
  ended: Instant,
): Partial<Run> {
  return {
    state: verdict === 'unknown' ? 'uncertain' : 'not-sent',
    attempt: attempt && { ...attempt, ended },
    problem: { message, requestId, said },
  };
}

/** Writes down what became of it. Where that cannot be, the person must at least learn `what` here. */
async function noted(
  run: Run,
  changes: Partial<Run>,
  what: string,
  error: RunError | null,
  journal: Journal,
): Promise<Submission> {
  try {
    return { run: await journal.update(run.id, changes), error };
  } catch (problem) {
    const notKept = orRunError(problem);
    const told = new RunError('disk', `${what} ${notKept.message}`, { cause: notKept });
    return { run: { ...run, ...changes }, error: told };
  }
}

/** What went wrong in the world, as a value; a bug goes on. */
function orRunError(error: unknown): RunError {
  if (isRunError(error)) return error;
  throw error;
}
