import { randomBytes } from 'node:crypto';
import { total } from '../batch/cost/totals';
import type { FileCheck } from '../files/file-check';
import { stateOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import { resultsPathFor, utcMinute } from './results-path';
import type { Run } from './run';
import { isRunError, RunError } from './run-error';
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
}

export interface SubmitOptions {
  readonly draft: RunDraft;
  /** Of the file on disk. The API must have been made for the version and betas that it was judged by. */
  readonly check: FileCheck;
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  readonly onProgress?: UploadProgress;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
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
 * Sends a checked file, once. The run is in the journal before the first byte leaves. Throws `RunError` `disk` where it
 * cannot be; then nothing was sent.
 */
export async function submitRun(options: SubmitOptions): Promise<Submission> {
  const { draft, check, api, journal, signal, onProgress } = options;
  if (check.sha256 === null) throw new Error('Only a file that was checked on disk can be submitted.');
  if (api.apiVersion !== check.judgedBy.apiVersion || api.betas.join() !== check.judgedBy.betas.join()) {
    throw new Error('The API would be called under another version or other betas than the file was checked for.');
  }
  const run = await newRun(options, check.sha256);
  const lock = await journal.lock(run.id);
  try {
    await journal.put(run);
    const upload = uploadOf({
      source: draft.source,
      bytes: run.bytes,
      sha256: run.sha256,
      beforeLast: (requests) => journal.putSubmitted(run.id, requests),
      onProgress,
      signal,
    });
    return await send(run, upload, options);
  } finally {
    await lock?.release();
  }
}

async function newRun({ draft, check, api, journal, now = Date.now }: SubmitOptions, sha256: string): Promise<Run> {
  const { source, sandbox, key } = draft;
  const at = now();
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
    estimateUsd: check.estimate.usd && total(check.estimate.usd).expected,
    state: 'sending',
    batch: null,
    resultsPath,
    outcome: null,
    problem: null,
  };
}

async function send(run: Run, upload: Upload, { api, journal, signal }: SubmitOptions): Promise<Submission> {
  const answer = await api.create(upload, signal).catch(orRunError);
  const failed = isRunError(answer) ? answer : null;
  const now = { ...run, ...(isRunError(answer) ? stateAfter(answer, upload) : stateOf(answer)) };
  const notKept = await journal.put(now).then(() => null, orRunError);
  if (!notKept) return { run: now, error: failed };
  // What happened is not in the journal: the person must at least learn it here.
  const happened = isRunError(answer) ? answer.message : `The batch ${answer.id} was made.`;
  return { run: now, error: new RunError('disk', `${happened} ${notKept.message}`, { cause: notKept }) };
}

function stateAfter(error: RunError, upload: Upload): Pick<Run, 'state' | 'problem'> {
  const { message, requestId, said } = error;
  return { state: isUndecided(error, upload) ? 'uncertain' : 'not-sent', problem: { message, requestId, said } };
}

/** What went wrong in the world, as a value; a bug goes on. */
function orRunError(error: unknown): RunError {
  if (isRunError(error)) return error;
  throw error;
}

/**
 * Whether a batch may have been made although the call failed. Never before the last bytes were let go, and not where
 * the API said no; but a cut connection, a proxy's or the API's own failure may have come after the work was done.
 */
function isUndecided({ kind, status }: RunError, { released }: Upload): boolean {
  const saidNo = status !== null && status < 500 && status !== 408;
  return released && !saidNo && (kind === 'network' || kind === 'server' || kind === 'canceled');
}
