import type { BatchLimits } from '../batch/split';
import { counted } from '../batch/wording';
import { systemClock } from './clock';
import { partId, partResultsPath, unsentParts } from './parts';
import { planOf } from './plan';
import { NOTHING_HEARD, type PartPlan, type Run } from './run';
import { isRunError, RunError } from './run-error';
import { type SendOptions, type Submission, sendRun } from './send';
import { type Submitted, submittedIn } from './submitted';

/**
 * Sends a new run as several batches. The plan is in the journal before the first byte leaves, and each part of it before
 * its own. Throws `RunError` where that cannot be, and what is wrong with the file; then nothing was sent.
 */
export async function sendSplit(
  run: Run,
  requests: readonly Submitted[],
  limits: BatchLimits,
  options: SendOptions,
): Promise<Submission> {
  const { journal, signal } = options;
  const whole = { ...run, plan: await planOf(run, limits, signal) };
  const lock = await journal.lock(run.id);
  try {
    await journal.put(whole);
    await journal.putSubmitted(run.id, requests);
    return await sendUnsent(whole, options);
  } finally {
    await lock?.release();
  }
}

/**
 * Sends the parts of a run that were not sent before. Throws `RunError`; then none of them was. Where a part is not sent,
 * or it is not known whether it was, the others wait.
 */
export async function sendRest(run: Run, options: SendOptions): Promise<Submission> {
  const lock = await options.journal.lock(run.id);
  if (!lock) throw new RunError('disk', `Another process is sending run ${run.id} right now.`);
  try {
    const now = await options.journal.get(run.id);
    if (now?.state !== 'partial') return { run: now ?? run, error: null };
    return await sendUnsent(now, options);
  } finally {
    await lock.release();
  }
}

async function sendUnsent(run: Run, options: SendOptions): Promise<Submission> {
  const { journal, onProgress } = options;
  const unsent = unsentParts(run);
  let done = run.bytes - unsent.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  for (const [number, plan] of unsent) {
    const before = done;
    const partly = (sent: number): void => onProgress?.(before + sent, run.bytes);
    const sent = await sendPart(run, number, plan, { ...options, onProgress: partly }).catch(asFailed);
    if (sent.error) return { run: await closedUnlessSent(run, journal), error: named(run, number, sent.error) };
    done += plan.bytes;
  }
  return { run: (await journal.get(run.id)) ?? run, error: null };
}

async function sendPart(run: Run, number: number, plan: PartPlan, options: SendOptions): Promise<Submission> {
  const { journal, signal } = options;
  const requests = await submittedIn(run.source, { lines: plan.lines, signal });
  const part = partOf(run, number, plan, options);
  const lock = await journal.lock(part.id);
  try {
    const before = await journal.get(part.id);
    if (before) await journal.dropSubmitted(part.id);
    if (before) await journal.update(part.id, part);
    else await journal.put(part);
    return await sendRun(part, requests, options);
  } finally {
    await lock?.release();
  }
}

/** Its own intent: a run like any other, but for what it is a part of. */
function partOf(run: Run, number: number, plan: PartPlan, { clock = systemClock }: SendOptions): Run {
  const { plan: _, parts: __, lines: ___, quote: ____, ...rest } = run;
  return {
    ...rest,
    ...plan,
    id: partId(run.id, number),
    part: { run: run.id, number },
    startedAt: new Date(clock.now()).toISOString(),
    estimateUsd: null,
    state: 'sending',
    attempt: { number: 1, begun: clock.instant(), released: null, ended: null },
    ...NOTHING_HEARD,
    resultsPath: partResultsPath(run.resultsPath, number),
  };
}

/** The first part decides whether there is a run at all. */
async function closedUnlessSent({ id }: Run, journal: SendOptions['journal']): Promise<Run> {
  const run = await journal.get(id);
  if (!run) throw new RunError('disk', `The journal has no run ${id} any more.`);
  if (run.parts?.some(({ state }) => state !== 'not-sent')) return run;
  return journal.update(id, { state: 'not-sent', problem: run.parts?.at(-1)?.problem ?? null });
}

/** What was sent before stays sent, so that nothing is thrown. */
function asFailed(error: unknown): { readonly error: RunError } {
  if (isRunError(error)) return { error };
  throw error;
}

function named({ plan = [] }: Run, number: number, error: RunError): RunError {
  const requests = counted(plan[number - 1]?.requests ?? 0, 'request');
  const { kind, status, requestId, retryAfterMs, said } = error;
  const details = { status: status ?? undefined, requestId, retryAfterMs, said, cause: error };
  return new RunError(kind, `Batch ${number} of ${plan.length}, ${requests}: ${error.message}`, details);
}
