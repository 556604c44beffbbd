import { access } from 'node:fs/promises';
import type { ModelTable } from '../batch/cost/models';
import { totalOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import type { Clock } from './clock';
import { downloadResults } from './download';
import { type Journal, markLost } from './journal';
import { isAccountedFor, reconcile } from './reconcile';
import { openResults } from './results-index';
import { resultsPathFor } from './results-path';
import type { BatchSnapshot, Run, RunOutcome } from './run';
import { toDiskError } from './run-error';
import { Spend } from './usage-cost';

export interface FetchOptions {
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly models: ModelTable;
  /** Another place (absolute, free) than the one that was promised at submission. */
  readonly to?: string;
  readonly onProgress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Brings the results of an ended run to disk, holds them against what was submitted, and closes the run: `fetched`, or
 * `lost` where the API has none any more. Results that are already there are not fetched again. Throws `RunError`; then
 * the run is as it was and there is no file. Returns null while another process is at it.
 */
export async function fetchRun(run: Run, options: FetchOptions): Promise<Run | null> {
  const { journal, to } = options;
  const lock = await journal.lock(run.id);
  if (!lock) return null;
  try {
    const now = (await journal.get(run.id)) ?? run;
    if (now.state === 'fetched' && !to && (await exists(now.resultsPath))) return now;
    return await fetchLocked(now, options);
  } catch (error) {
    const known = toDiskError(error, `The results of ${run.source} cannot be fetched`);
    if (known.kind !== 'not-found') throw known;
    return await markLost(journal, run, known);
  } finally {
    await lock.release();
  }
}

async function fetchLocked(run: Run, options: FetchOptions): Promise<Run> {
  const { batch, source } = run;
  if (!batch) throw new Error(`The run ${run.id} has no batch to fetch results of.`);
  const { journal, models } = options;
  const submitted = await journal.ids(run.id);
  const there = options.to ? null : await outcomeOnDisk(run, submitted, models);
  const resultsPath = there ? run.resultsPath : (options.to ?? (await freePath(run)));
  const outcome = there ?? (await download(batch, resultsPath, source, submitted, options));
  return journal.update(run.id, { state: 'fetched', resultsPath, outcome, problem: null });
}

/** A program that ended between naming the file and noting it has left the whole results there. */
async function outcomeOnDisk(run: Run, submitted: string[] | null, models: ModelTable): Promise<RunOutcome | null> {
  if (!submitted || !(await exists(run.resultsPath))) return null;
  const spend = new Spend(models);
  const results = await openResults(run.resultsPath, {
    onRow: (row, kind) => {
      if (kind === 'succeeded') spend.add(row);
    },
  });
  results.close();
  const outcome = reconcile(submitted, results, spend.usd);
  return isAccountedFor(outcome) ? outcome : null;
}

async function download(
  batch: BatchSnapshot,
  target: string,
  source: string,
  submitted: string[] | null,
  { api, models, onProgress, signal, clock }: FetchOptions,
): Promise<RunOutcome> {
  const options = {
    api,
    batchId: batch.id,
    rows: totalOf(batch),
    target,
    like: source,
    models,
    onProgress,
    signal,
    clock,
  };
  const { scan, usd } = await downloadResults(options);
  return reconcile(submitted, scan, usd);
}

/** The promised path; where something else came to lie there, the next one. */
async function freePath(run: Run): Promise<string> {
  if (!(await exists(run.resultsPath))) return run.resultsPath;
  const { source, sandbox, startedAt } = run;
  return resultsPathFor({ source, sandbox, at: Date.parse(startedAt), taken: new Set([run.resultsPath]) });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
