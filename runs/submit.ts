import { randomBytes } from 'node:crypto';
import type { ModelTable } from '../batch/cost/models';
import { total } from '../batch/cost/totals';
import type { FileCheck } from '../files/file-check';
import { stateOf } from './batch-state';
import type { BatchAnswer, BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { type CreateVerdict, pauseBeforeNext, verdictOnCreate } from './create-verdict';
import type { Journal } from './journal';
import { quoteOf } from './quote';
import { resultsPathFor, utcMinute } from './results-path';
import { retriedRun } from './retry-links';
import type { Attempt, Instant, Run } from './run';
import { isRunError, RunError } from './run-error';
import { digestOf, type Submitted, submittedIn } from './submitted';
import { type Upload, type UploadProgress, uploadOf } from './upload';

/** What a face knows of a submission before it happens. */
export interface RunDraft {
  /** Absolute path. */
  readonly source: string;
  readonly sandbox: boolean;
  readonly key: Run['key'];
  /** Absolute folder for the results, instead of the source's own. */
  readonly resultsFolder?: string | null;
  /** Absolute path for the results: overrules the naming. */
  readonly resultsPath?: string | null;
  /** A person wants requests answered once more that were answered before. */
  readonly again?: boolean;
}

export interface SubmitOptions {
  readonly draft: RunDraft;
  /** Of the file on disk. The API must have been made for the version and betas that it was judged by. */
  readonly check: FileCheck;
  /** What it was judged by; their prices are kept with the run. */
  readonly models: ModelTable;
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  readonly onProgress?: UploadProgress;
  /** Nothing was bought, and it is sent again after so many milliseconds. */
  readonly onWaiting?: (error: RunError, ms: number) => void;
  readonly clock?: Clock;
}

/**
 * `run.state` is `in_progress`, `not-sent` or `uncertain`; `error` is why it is not the first, or that the journal could
 * not note it.
 */
export interface Submission {
  readonly run: Run;
  readonly error: RunError | null;
}

/**
 * Sends a checked file until it is known what came of it: again by itself only where nothing can have been bought. The run
 * is in the journal before the first byte leaves. Throws `RunError` `disk` where it cannot be, and what is wrong with the
 * file; then nothing was sent.
 */
export async function submitRun(options: SubmitOptions): Promise<Submission> {
  const { draft, check, api, journal, signal } = options;
  if (check.sha256 === null) throw new Error('Only a file that was checked on disk can be submitted.');
  if (api.apiVersion !== check.judgedBy.apiVersion || api.betas.join() !== check.judgedBy.betas.join()) {
    throw new Error('The API would be called under another version or other betas than the file was checked for.');
  }
  const requests = await submittedIn(draft.source, signal);
  const run = await newRun(options, check.sha256, digestOf(requests));
  const lock = await journal.lock(run.id);
  try {
    await journal.put(run);
    return await sendUntilDecided(run, requests, options);
  } finally {
    await lock?.release();
  }
}

async function sendUntilDecided(
  first: Run,
  requests: readonly Submitted[],
  options: SubmitOptions,
): Promise<Submission> {
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

function uploadFor(run: Run, requests: readonly Submitted[], options: SubmitOptions): Upload {
  const { journal, onProgress, signal, clock = systemClock } = options;
  const { source, bytes, sha256, attempt } = run;
  // Two files say it, so that neither can be cut off without the other telling.
  const beforeLast = async (): Promise<void> => {
    await journal.putSubmitted(run.id, requests);
    await journal.update(run.id, { attempt: attempt && { ...attempt, released: clock.instant() } });
  };
  return uploadOf({ source, bytes, sha256, beforeLast, onProgress, signal });
}

async function newRun(
  { draft, check, models, api, journal, clock = systemClock }: SubmitOptions,
  sha256: string,
  idsDigest: string,
): Promise<Run> {
  const { source, sandbox, key } = draft;
  const at = clock.now();
  const retryOf = await retriedRun(journal.stateDir, idsDigest);
  const taken = new Set((await journal.list()).map((run) => run.resultsPath));
  const resultsPath =
    draft.resultsPath ?? (await resultsPathFor({ source, at, sandbox, folder: draft.resultsFolder, taken }));
  return {
    id: `${utcMinute(at)}-${randomBytes(4).toString('hex')}`,
    source,
    sandbox,
    startedAt: new Date(at).toISOString(),
    baseUrl: api.baseUrl,
    key,
    apiVersion: api.apiVersion,
    betas: api.betas,
    contextHash: check.judgedBy.hash,
    requests: check.requests,
    bytes: check.bytes,
    sha256,
    idsDigest,
    again: draft.again ?? false,
    ...(retryOf !== undefined && { retryOf }),
    estimateUsd: check.estimate.usd && total(check.estimate.usd).expected,
    quote: quoteOf(check, models),
    state: 'sending',
    attempt: { number: 1, begun: clock.instant(), released: null, ended: null },
    batch: null,
    adoption: null,
    rejected: [],
    account: null,
    reach: null,
    resultsPath,
    outcome: null,
    problem: null,
  };
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
