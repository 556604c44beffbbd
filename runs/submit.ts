import { randomBytes } from 'node:crypto';
import type { ModelTable } from '../batch/cost/models';
import { total } from '../batch/cost/totals';
import { type BatchLimits, isOver, MOST } from '../batch/split';
import type { FileCheck } from '../files/file-check';
import type { LineSelection } from '../files/line-selection';
import { systemClock } from './clock';
import { quoteOf } from './quote';
import { resultsPathFor, utcMinute } from './results-path';
import { retriedRun } from './retry-links';
import { NOTHING_HEARD, type Run } from './run';
import { type SendOptions, type Submission, sendRun } from './send';
import { sendSplit } from './send-parts';
import { digestOf, submittedIn } from './submitted';

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
  /** The lines of the source that were checked and are sent; all where there is none. */
  readonly lines?: LineSelection | undefined;
}

export interface SubmitOptions extends SendOptions {
  readonly draft: RunDraft;
  /** Of the file on disk, or of the lines of it that are sent. The API must have been made for the version and betas that it was judged by. */
  readonly check: FileCheck;
  /** What it was judged by; their prices are kept with the run. */
  readonly models: ModelTable;
  /** The most that a person wants in one batch; what the API takes, where nothing is said. */
  readonly splitAt?: BatchLimits | undefined;
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
  const requests = await submittedIn(draft.source, { lines: draft.lines, signal });
  const run = await newRun(options, check.sha256, digestOf(requests));
  const limits = options.splitAt ?? MOST;
  if (isOver(run, limits)) return sendSplit(run, requests, limits, options);
  const lock = await journal.lock(run.id);
  try {
    await journal.put(run);
    return await sendRun(run, requests, options);
  } finally {
    await lock?.release();
  }
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
    ...(draft.lines && { lines: draft.lines }),
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
    ...NOTHING_HEARD,
    resultsPath,
  };
}
