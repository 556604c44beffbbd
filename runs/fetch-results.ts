import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ModelTable } from '../batch/cost/models';
import { snapshotOf, totalOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import type { Clock } from './clock';
import { downloadResults } from './download';
import { joinResults } from './join-results';
import type { Journal } from './journal';
import { AnsweredModels, doubtAbout } from './proof';
import { modelsPricedBy } from './quote';
import { isAccountedFor, reconcile } from './reconcile';
import { openResults } from './results-index';
import { resultsPathFor, unprovenPathFor } from './results-path';
import type { BatchSnapshot, Run, RunOutcome } from './run';
import { RunError, toDiskError } from './run-error';
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
 * `lost` where the API says that they are archived. Results of a batch that was found, and turn out not to be the run's,
 * are kept under another name, and the run is `uncertain` again. Results that are already there are not fetched again.
 * Throws `RunError`; then the run is as it was and there is no file. Returns null while another process is at it.
 */
export async function fetchRun(run: Run, options: FetchOptions): Promise<Run | null> {
  const { journal, to } = options;
  const lock = await journal.lock(run.id);
  if (!lock) return null;
  try {
    const now = (await journal.get(run.id)) ?? run;
    if (now.state === 'fetched' && !to && (await exists(now.resultsPath))) return now;
    return now.plan ? await fetchParts(now, options) : await fetchLocked(now, options);
  } catch (error) {
    const known = toDiskError(error, `The results of ${run.source} cannot be fetched`);
    if (known.kind !== 'not-found') throw known;
    return await withoutResults(run, known, options);
  } finally {
    await lock.release();
  }
}

/** The results of several batches as one file. Those of each lie beside it until they are all there. */
async function fetchParts(run: Run, options: FetchOptions): Promise<Run | null> {
  const { journal } = options;
  const { to, ...others } = options;
  const files: string[] = [];
  for (const part of run.parts ?? []) {
    if (!part.batch) continue;
    const fetched = await fetchRun(part, others);
    if (!fetched) return null;
    if (fetched.state === 'lost') return journal.update(run.id, { state: 'lost', problem: fetched.problem });
    if (fetched.state !== 'fetched') return (await journal.get(run.id)) ?? run;
    files.push(fetched.resultsPath);
  }
  const { quote, source, batch, adoption, account } = (await journal.get(run.id)) ?? run;
  const joining = { models: modelsPricedBy(quote, options.models), like: source, signal: options.signal };
  const resultsPath = to ?? (await freePath(run));
  const outcome = await joinResults(files, resultsPath, await journal.ids(run.id), joining);
  const facts = { batch, adoption, account, resultsPath, outcome, problem: null, reach: null };
  const done = await journal.update(run.id, { state: 'fetched', ...facts });
  for (const file of files) await rm(file, { force: true }).catch(() => {});
  return done;
}

/** The API has no results: because they are archived, or for now. Throws `RunError`. */
async function withoutResults(run: Run, error: RunError, { api, journal, signal }: FetchOptions): Promise<Run> {
  const { batch } = await api.retrieve(run.batch?.id ?? '', signal);
  if (batch.archived_at === null) {
    const { requestId } = error;
    throw new RunError('server', `The results of ${batch.id} cannot be seen yet.`, { requestId, cause: error });
  }
  const message = `The results were archived at ${batch.archived_at} and cannot be had any more.`;
  const problem = { message, requestId: error.requestId };
  return journal.update(run.id, { state: 'lost', batch: snapshotOf(batch), problem }, run.state);
}

async function fetchLocked(run: Run, options: FetchOptions): Promise<Run> {
  const { batch } = run;
  if (!batch) throw new Error(`The run ${run.id} has no batch to fetch results of.`);
  const { journal } = options;
  const models = modelsPricedBy(run.quote, options.models);
  const submitted = await journal.ids(run.id);
  const there = options.to ? null : await outcomeOnDisk(run, submitted, models);
  const target = there ? run.resultsPath : (options.to ?? (await freePath(run)));
  const fetched = there
    ? { outcome: there, resultsPath: target, doubt: null }
    : await download(run, batch, target, submitted, { ...options, models });
  if (fetched.doubt !== null) return journal.update(run.id, notOurs(run, batch, fetched.resultsPath, fetched.doubt));
  const { outcome, resultsPath } = fetched;
  const adoption = run.adoption === 'unproven' ? 'proven' : run.adoption;
  return journal.update(run.id, { state: 'fetched', resultsPath, outcome, adoption, problem: null, reach: null });
}

/** The batch is another's: what became of the submission is as open as before; what was only attached is none. */
function notOurs(run: Run, { id }: BatchSnapshot, kept: string, doubt: string): Partial<Run> {
  const whose = run.attempt ? 'that of this submission' : `made of ${path.basename(run.source)}`;
  const message = `The batch ${id} is not ${whose}: ${doubt}; its results are kept as ${kept}.`;
  const state = run.attempt ? 'uncertain' : 'not-sent';
  const rejected = [...run.rejected, id];
  return { state, batch: null, adoption: null, rejected, problem: { message, requestId: null } };
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
  const outcome = reconcile(submitted, results, spend);
  return isAccountedFor(outcome) ? outcome : null;
}

interface Fetched {
  readonly outcome: RunOutcome;
  readonly resultsPath: string;
  /** Why they are not the run's; null where nothing speaks against it. */
  readonly doubt: string | null;
}

async function download(
  run: Run,
  batch: BatchSnapshot,
  target: string,
  submitted: string[] | null,
  { api, models, onProgress, signal, clock }: FetchOptions,
): Promise<Fetched> {
  const answered = run.adoption === 'unproven' ? new AnsweredModels() : null;
  const fetched = { resultsPath: target, doubt: null as string | null };
  const { scan, spend } = await downloadResults({
    api,
    batchId: batch.id,
    // The counts may stay 0 until the end, and a server may never give them.
    rows: Math.max(totalOf(batch), run.requests),
    target,
    like: run.source,
    models,
    onRow: answered?.note,
    nameAtEnd:
      answered &&
      (async (all) => {
        fetched.doubt = await doubtAbout(run, reconcile(submitted ?? [], all, null), answered, models);
        if (fetched.doubt !== null) fetched.resultsPath = await unprovenPathFor(target);
        return fetched.resultsPath;
      }),
    onProgress,
    signal,
    clock,
  });
  return { outcome: reconcile(submitted, scan, spend), ...fetched };
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
