import { snapshotOf, stateOf, totalOf } from './batch-state';
import type { BatchesApi, BatchPage } from './batches-api';
import { type Clock, systemClock } from './clock';
import { msBetween, msSince } from './instant';
import type { Journal } from './journal';
import { singles } from './parts';
import type { Attempt, BatchSnapshot, Instant, Run } from './run';
import { isRunError, RunError } from './run-error';

/**
 * - `adopted`: one batch can be this run's; from here on it is followed, and its results will show whether it is.
 * - `looking`: none was found yet, and the time in which one may still be listed has not run out.
 * - `none`: none was found in all that time: a person may say so (`declareNotSent`), or look again.
 * - `several`: a person must say which it is (`adoptBatch`).
 * - `unlisted`: this server gives no list of batches.
 */
export type Settlement =
  | { readonly kind: 'adopted'; readonly run: Run }
  | { readonly kind: 'looking' | 'none' | 'unlisted'; readonly run: Run }
  | { readonly kind: 'several'; readonly run: Run; readonly candidates: readonly BatchSnapshot[] };

export interface SettleOptions {
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after the end of the attempt until which none is not said. */
  readonly settleMs?: number | undefined;
  readonly clock?: Clock | undefined;
  /** None is listed yet, and it is looked for so many milliseconds more. */
  readonly onLooking?: (leftMs: number) => void;
}

/** A batch is listed within seconds; whoever takes longer to make one has two minutes. */
export const SETTLE_MS = 120_000;
const LOOK_AGAIN_MS = 2_000;
const LOCK_WAIT_MS = 60_000;
/** The `date` header counts whole seconds, and so may what is compared with it. */
const CLOCK_SLACK_MS = 2_000;
/** Enough for two minutes of the busiest workspace; a list that never ends is none. */
const MOST_PAGES = 50;
/** A server without a list says one of these. */
const NO_LIST: readonly (number | null)[] = [404, 405, 501];

/** Looks once among the newest batches for the one that an uncertain run may have made. Throws `RunError`. */
export async function lookForBatch(run: Run, options: SettleOptions): Promise<Settlement> {
  // One at a time, or two runs could adopt the same batch.
  const lock = await options.journal.lock('settle', LOCK_WAIT_MS);
  if (!lock) throw new RunError('network', 'Another process has been looking for a batch for too long.');
  try {
    const now = (await options.journal.get(run.id)) ?? run;
    return now.state === 'uncertain' ? await look(now, options) : { kind: 'adopted', run: now };
  } finally {
    await lock.release();
  }
}

/**
 * Looks until a batch is found or the time has run out, which goes by when the attempt ended: whoever is started again
 * goes on waiting. What keeps it from looking is outlasted as long. Throws `RunError`.
 */
export async function settleUncertain(run: Run, options: SettleOptions): Promise<Settlement> {
  const { signal, settleMs = SETTLE_MS, clock = systemClock, onLooking } = options;
  let lookedMs = 0;
  for (;;) {
    // A clock that was set back would say for hours that the attempt has just ended.
    const leftMs = Math.min(settleMs - lookedMs, msLeft(run, clock.instant(), settleMs));
    const found = await lookForBatch(run, { ...options, settleMs: leftMs > 0 ? settleMs : 0 }).catch(
      (error: unknown) => {
        if (leftMs > 0 && isRunError(error) && PASSING.includes(error.kind)) return null;
        throw error;
      },
    );
    if (found && found.kind !== 'looking') return found;
    onLooking?.(leftMs);
    const pause = Math.min(LOOK_AGAIN_MS, Math.max(MOMENT_MS, leftMs));
    await clock.sleep(pause, signal);
    lookedMs += pause;
  }
}

/** The last look is one after the time has run out. */
const MOMENT_MS = 50;
const PASSING: readonly string[] = ['network', 'server', 'rate-limit', 'overloaded'];

/** A person says which batch it was. Throws `RunError`, also where it has another number of requests. */
export async function adoptBatch(run: Run, batchId: string, { api, journal, signal }: SettleOptions): Promise<Run> {
  const { batch, account } = await api.retrieve(batchId, signal);
  const total = totalOf(snapshotOf(batch));
  if (total !== run.requests)
    throw new RunError('invalid', `The batch ${batchId} has ${total} requests, and ${run.requests} were sent.`);
  if (run.rejected.includes(batchId))
    throw new RunError('invalid', `The results of the batch ${batchId} were not those of this submission.`);
  const other = singles(await journal.list()).find((each) => each.batch?.id === batchId && each.id !== run.id);
  if (other) throw new RunError('invalid', `The batch ${batchId} is that of the run ${other.id}.`);
  return journal.update(run.id, { ...stateOf(batch), adoption: 'unproven', account, problem: null });
}

/** A person says that no batch was made: the run is closed, and the file may be submitted anew. */
export async function declareNotSent(run: Run, journal: Journal): Promise<Run> {
  return journal.update(run.id, { state: 'not-sent' });
}

/**
 * A run that is still `sending` although nobody sends it: the program ended meanwhile. The ids are stored just before
 * the last bytes leave, so without them the API never had a whole body. Returns the run unchanged while it is being sent.
 */
export async function settleSending(run: Run, journal: Journal, clock: Clock = systemClock): Promise<Run> {
  if (run.plan) return settleParts(run, journal, clock);
  const alive = await journal.lastHeld(run.id);
  const lock = await journal.lock(run.id);
  if (!lock) return run;
  try {
    const now = await journal.get(run.id);
    if (now?.state !== 'sending') return now ?? run;
    const state = (await journal.mayHaveLeft(run.id)) ? 'uncertain' : 'not-sent';
    const message = 'The program ended while it was sending.';
    const attempt = now.attempt && { ...now.attempt, ended: endOf(now.attempt, alive, clock.instant()) };
    return await journal.update(run.id, { state, attempt, problem: { message, requestId: null } }, 'sending');
  } finally {
    await lock.release();
  }
}

/** The same of a run of several batches, of which some may have been made. */
async function settleParts(run: Run, journal: Journal, clock: Clock): Promise<Run> {
  const lock = await journal.lock(run.id);
  if (!lock) return run;
  try {
    const now = await journal.get(run.id);
    for (const part of now?.parts ?? []) if (part.state === 'sending') await settleSending(part, journal, clock);
    const settled = (await journal.get(run.id)) ?? run;
    if (settled.state !== 'sending' || settled.parts?.some(({ state }) => state !== 'not-sent')) return settled;
    const problem = { message: 'The program ended before it sent anything.', requestId: null };
    return await journal.update(run.id, { state: 'not-sent', problem }, 'sending');
  } finally {
    await lock.release();
  }
}

/** A program that was killed left its lock behind, which says when it was last alive. */
function endOf({ begun }: Attempt, alive: number | null, now: Instant): Instant {
  const agoMs = alive === null ? 0 : Math.max(0, Date.parse(now.at) - alive - TOUCHED_EVERY_MS);
  const ms = Math.min(agoMs, msSince(begun, now));
  return { at: new Date(Date.parse(now.at) - ms).toISOString(), uptimeMs: now.uptimeMs - ms, boot: now.boot };
}

/** So long after the last sign of life it may still have been alive. */
const TOUCHED_EVERY_MS = 20_000;

/** Milliseconds until it may be said that there is none. */
export function msLeft({ attempt }: Run, now: Instant, settleMs = SETTLE_MS): number {
  return attempt?.ended ? settleMs - msSince(attempt.ended, now) : 0;
}

async function look(run: Run, options: SettleOptions): Promise<Settlement> {
  const { journal, settleMs, clock = systemClock } = options;
  // Begun before the list is asked for: what was listed later would still have been in time.
  const isOver = msLeft(run, clock.instant(), settleMs) <= 0;
  const runs = singles(await journal.list());
  const known = new Set([...runs.map(({ batch }) => batch?.id), ...run.rejected]);
  const listed = await listedSince(run, options, clock);
  if (!listed) return { kind: 'unlisted', run };
  const candidates = listed.filter(({ id }) => !known.has(id));
  const [only] = candidates;
  if (!only) return { kind: isOver ? 'none' : 'looking', run };
  const rivals = await rivalsOf(run, runs, options);
  // The answer to one that is being sent right now will say whose it is.
  if (rivals.some(({ state }) => state === 'sending')) return { kind: 'looking', run };
  if (candidates.length > 1 || rivals.length > 0) return { kind: 'several', run, candidates };
  return { kind: 'adopted', run: await adoptBatch(run, only.id, options) };
}

/** Batches of the run's size that were made while it was sent or shortly after, by the API's clock. Null without a list. */
async function listedSince(run: Run, { api, signal }: SettleOptions, clock: Clock): Promise<BatchSnapshot[] | null> {
  const found: BatchSnapshot[] = [];
  let afterId: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const listed: BatchPage | null = await api.list({ afterId }, signal).catch((error: unknown) => {
      if (isRunError(error) && NO_LIST.includes(error.status)) return null;
      throw error;
    });
    if (!listed) return null;
    const { from, to } = windowOf(run, listed.serverNow, clock.instant());
    const times = listed.batches.map(({ created_at }) => Date.parse(created_at));
    const inside = listed.batches.filter((_, i) => Number(times[i]) >= from && Number(times[i]) <= to);
    found.push(...inside.map(snapshotOf).filter((batch) => totalOf(batch) === run.requests));
    if (!listed.nextAfterId || listed.nextAfterId === afterId || times.some((time) => time < from)) break;
    afterId = listed.nextAfterId;
  }
  return found;
}

/** From the first byte until two minutes after the end, in the API's own time. */
function windowOf({ attempt, startedAt }: Run, serverNow: number, now: Instant): { from: number; to: number } {
  // A clock that was set back says at least how far: what lies in too wide a window is proven by its results.
  const begunMs = Math.abs(attempt ? msBetween(attempt.begun, now) : Date.parse(now.at) - Date.parse(startedAt));
  const endedMs = attempt?.ended ? msSince(attempt.ended, now) : 0;
  return { from: serverNow - begunMs - CLOCK_SLACK_MS, to: serverNow - endedMs + SETTLE_MS + CLOCK_SLACK_MS };
}

/** Other undecided runs that the same batch could belong to. */
async function rivalsOf(run: Run, runs: readonly Run[], { journal, clock }: SettleOptions): Promise<Run[]> {
  const alike = runs.filter((other) => other.id !== run.id && other.baseUrl === run.baseUrl);
  const rivals: Run[] = [];
  for (const other of alike.filter(({ requests }) => requests === run.requests)) {
    const now = other.state === 'sending' ? await settleSending(other, journal, clock) : other;
    if (now.state === 'uncertain' || now.state === 'sending') rivals.push(now);
  }
  return rivals;
}
