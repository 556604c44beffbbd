import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { ModelTable } from '../batch/cost/models';
import { total } from '../batch/cost/totals';
import { count, counted } from '../batch/wording';
import type { FileCheck } from '../files/file-check';
import { stateOf, totalOf } from './batch-state';
import type { BatchAnswer, BatchesApi } from './batches-api';
import type { Journal } from './journal';
import { singles } from './parts';
import { quoteOf } from './quote';
import { utcMinute } from './results-path';
import { NOTHING_HEARD, type Run } from './run';
import { RunError } from './run-error';
import { digestOf, submittedIn } from './submitted';

/** A batch that this journal does not know, and the file that a person takes it to be made of. */
export interface Attachment {
  /** Absolute. */
  readonly source: string;
  readonly check: FileCheck;
  readonly models: ModelTable;
  /** As the API just told it. */
  readonly answer: BatchAnswer;
  readonly api: BatchesApi;
  readonly sandbox: boolean;
  readonly key: Run['key'];
  /** Absolute, free. */
  readonly resultsPath: string;
  readonly journal: Journal;
}

/**
 * Makes a run of it, unproven until the ids and models of its results are those of the file. Throws `RunError` `invalid`
 * where the batch is another run's, its results are gone, or it has another number of requests.
 */
export async function attachBatch(attachment: Attachment): Promise<Run> {
  const { source, check, answer, journal } = attachment;
  const { batch } = answer;
  const other = singles(await journal.list()).find((run) => run.batch?.id === batch.id);
  if (other) throw new RunError('invalid', `The batch ${batch.id} is that of the run ${other.id} already.`);
  if (batch.archived_at !== null)
    throw new RunError('invalid', `The results of ${batch.id} were archived at ${batch.archived_at}.`);
  const { batch: snapshot } = stateOf(batch);
  const requests = snapshot ? totalOf(snapshot) : 0;
  const name = path.basename(source);
  if (requests !== check.requests) {
    const has = `${name} has ${count(check.requests)}`;
    throw new RunError(
      'invalid',
      `The batch has ${counted(requests, 'request')} and ${has}: it was made of another file.`,
    );
  }
  const submitted = await submittedIn(source);
  const run = runOf(attachment, digestOf(submitted));
  await journal.putSubmitted(run.id, submitted);
  await journal.put(run);
  return run;
}

function runOf({ source, check, models, answer, api, sandbox, key, resultsPath }: Attachment, idsDigest: string): Run {
  const { batch, account } = answer;
  return {
    id: `${utcMinute(Date.parse(batch.created_at))}-${randomBytes(4).toString('hex')}`,
    source,
    sandbox,
    startedAt: batch.created_at,
    baseUrl: api.baseUrl,
    key,
    apiVersion: api.apiVersion,
    betas: api.betas,
    contextHash: check.judgedBy.hash,
    requests: check.requests,
    bytes: check.bytes,
    sha256: check.sha256 ?? '',
    idsDigest,
    again: false,
    estimateUsd: check.estimate.usd && total(check.estimate.usd).expected,
    quote: quoteOf(check, models),
    ...NOTHING_HEARD,
    ...stateOf(batch),
    attempt: null,
    adoption: 'unproven',
    account,
    resultsPath,
  };
}
