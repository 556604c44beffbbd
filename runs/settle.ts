import { snapshotOf, stateOf, totalOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import type { Journal } from './journal';
import type { BatchSnapshot, Run } from './run';

/**
 * - `adopted`: exactly one batch can be this run's; from here on it is followed.
 * - `several`: a person must say which it is (`adoptBatch`).
 * - `none`: none was found, yet: look again, or let a person decide (`declareNotSent`).
 */
export type Settlement =
  | { readonly kind: 'adopted'; readonly run: Run }
  | { readonly kind: 'several'; readonly run: Run; readonly candidates: readonly BatchSnapshot[] }
  | { readonly kind: 'none'; readonly run: Run };

export interface SettleOptions {
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly signal?: AbortSignal | undefined;
  /** Looks again for so long while none is found; once by default. */
  readonly withinMs?: number;
  readonly clock?: Clock;
}

const LOOK_AGAIN_MS = 2_000;
/** The `date` header counts whole seconds. */
const CLOCK_SLACK_MS = 2_000;

/** Looks among the newest batches for the one that an uncertain run may have made. Throws `RunError`. */
export async function settleUncertain(run: Run, options: SettleOptions): Promise<Settlement> {
  const { signal, withinMs = 0, clock = systemClock } = options;
  const until = clock.now() + withinMs;
  for (;;) {
    const settlement = await settleOnce(run, options);
    if (settlement.kind !== 'none' || clock.now() + LOOK_AGAIN_MS > until) return settlement;
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
}

/** A person says which batch it was. Throws `RunError`. */
export async function adoptBatch(run: Run, batchId: string, { api, journal, signal }: SettleOptions): Promise<Run> {
  const { batch } = await api.retrieve(batchId, signal);
  return journal.update(run.id, { ...stateOf(batch), problem: null });
}

/** A person says that no batch was made: the run is closed, and the file may be submitted anew. */
export async function declareNotSent(run: Run, journal: Journal): Promise<Run> {
  return journal.update(run.id, { state: 'not-sent' });
}

/**
 * A run that is still `sending` although nobody sends it: the program ended meanwhile. The ids are stored just before
 * the last bytes leave, so without them the API never had a whole body. Returns the run unchanged while it is being sent.
 */
export async function settleSending(run: Run, journal: Journal): Promise<Run> {
  const lock = await journal.lock(run.id);
  if (!lock) return run;
  try {
    const now = await journal.get(run.id);
    if (now?.state !== 'sending') return now ?? run;
    const state = (await journal.ids(run.id)) ? 'uncertain' : 'not-sent';
    const message = 'The program ended while it was sending.';
    return await journal.update(run.id, { state, problem: { message, requestId: null } }, 'sending');
  } finally {
    await lock.release();
  }
}

async function settleOnce(run: Run, { api, journal, signal }: SettleOptions): Promise<Settlement> {
  // One at a time, or two runs could adopt the same batch.
  const lock = await journal.lock('settle');
  if (!lock) return { kind: 'none', run };
  try {
    const runs = await journal.list();
    const known = new Set(runs.map(({ batch }) => batch?.id));
    const candidates = (await batchesSince(run, api, signal)).filter(({ id }) => !known.has(id));
    const [only] = candidates;
    if (!only) return { kind: 'none', run };
    if (candidates.length > 1 || runs.some((other) => isRival(other, run))) return { kind: 'several', run, candidates };
    return { kind: 'adopted', run: await adoptBatch(run, only.id, { api, journal, signal }) };
  } finally {
    await lock.release();
  }
}

/** Batches of the run's size that were made since it was started, by the API's clock. */
async function batchesSince(run: Run, api: BatchesApi, signal: AbortSignal | undefined): Promise<BatchSnapshot[]> {
  const found: BatchSnapshot[] = [];
  let afterId: string | null = null;
  do {
    const page = await api.list({ afterId }, signal);
    const since = Date.parse(run.startedAt) + page.clockSkewMs - CLOCK_SLACK_MS;
    const recent = page.batches.map(snapshotOf).filter(({ created_at }) => Date.parse(created_at) >= since);
    found.push(...recent.filter((batch) => totalOf(batch) === run.requests));
    afterId = recent.length === page.batches.length ? page.nextAfterId : null;
  } while (afterId);
  return found;
}

/** Another undecided run that the same batch could belong to. */
function isRival(other: Run, run: Run): boolean {
  const undecided = other.state === 'uncertain' || other.state === 'sending';
  return undecided && other.id !== run.id && other.baseUrl === run.baseUrl && other.requests === run.requests;
}
