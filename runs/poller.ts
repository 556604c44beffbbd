import type { ModelTable } from '../batch/cost/models';
import { stateOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { fetchRun } from './fetch-results';
import { type Journal, markLost } from './journal';
import { OPEN_STATES, type Run, type RunState } from './run';
import { canceled, isRunError, RunError } from './run-error';
import { settleSending, settleUncertain } from './settle';

export interface PollSituation {
  /** Since submission. */
  readonly ageMs: number;
  /** What the API asked for. */
  readonly retryAfterMs: number | null;
  /** Polls that failed in a row. */
  readonly failures: number;
  readonly sandbox: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * Milliseconds until the API is asked again. Small batches end within minutes, large ones may take hours: a tenth of the
 * age within the first hour, then a thirtieth, in bounds. What the API asks for is the least.
 */
export function nextPollDelay({ ageMs, retryAfterMs, failures, sandbox }: PollSituation): number {
  const first = sandbox ? SECOND : 10 * SECOND;
  const byAge = ageMs < 60 * MINUTE ? clamp(ageMs / 10, first, MINUTE) : clamp(ageMs / 30, MINUTE, 5 * MINUTE);
  const byFailures = failures > 0 ? clamp(first * 2 ** (failures - 1), first, 5 * MINUTE) : 0;
  return Math.max(byAge, byFailures, retryAfterMs ?? 0);
}

export interface FollowOptions {
  readonly journal: Journal;
  /** Null where this process cannot reach the run's API: it has no key for it, or it is the sandbox of another window. */
  readonly apiFor: (run: Run) => Promise<BatchesApi | null>;
  /** The models that the run's file is judged by, for what its results cost. */
  readonly modelsFor: (run: Run) => Promise<ModelTable>;
  /** After every change that this process made to a run. */
  readonly onChange?: (run: Run) => void;
  /** A call failed. It is made again in time, unless the key was refused. */
  readonly onTrouble?: (run: Run, error: RunError) => void;
  /** Bytes of results that have arrived. */
  readonly onFetching?: (run: Run, bytes: number) => void;
  /** A fixed interval instead of backing off; after a failure the API's `retry-after` still counts. */
  readonly pollIntervalMs?: number | undefined;
  readonly clock?: Clock;
}

/**
 * Follows one run until nothing is to be done for it by itself any more (results on disk, lost, not sent), and returns it.
 * Throws `RunError` `canceled`, and `auth` or `permission` when the key is refused or there is none.
 */
export async function followRun(id: string, options: FollowOptions, signal?: AbortSignal): Promise<Run> {
  const clock = options.clock ?? systemClock;
  return follow(id, options, signal, (ms) => clock.sleep(ms, signal));
}

export interface RunWatch {
  /** Asks now, also for runs that could not be reached: a key was set, a sandbox started, a batch canceled. */
  refresh(): void;
  /** Ends all waiting and calling; resolves when nothing of it goes on any more. */
  close(): Promise<void>;
}

/** Follows every open run of the journal, also those that come later or from other processes. Asks nothing while there is none. */
export function watchRuns(options: FollowOptions): RunWatch {
  const closing = new AbortController();
  const naps = new Naps(options.clock ?? systemClock, closing.signal);
  const following = new Map<string, Promise<void>>();
  const unreachable = new Set<string>();

  async function start(run: Run): Promise<void> {
    try {
      await follow(run.id, options, closing.signal, (ms) => naps.sleep(ms));
    } catch (error) {
      if (!isRunError(error)) throw error;
      if (error.kind === 'canceled') return;
      unreachable.add(run.id);
      options.onTrouble?.(run, error);
    } finally {
      following.delete(run.id);
    }
  }

  async function look(): Promise<void> {
    const runs = await options.journal.listOpen();
    if (closing.signal.aborted) return;
    for (const run of runs) {
      if (!following.has(run.id) && !unreachable.has(run.id)) following.set(run.id, start(run));
    }
  }

  const watcher = options.journal.watch(() => void look());
  const looking = look();
  return {
    refresh() {
      unreachable.clear();
      naps.wake();
      void look();
    },
    async close() {
      closing.abort();
      watcher.close();
      await looking;
      await Promise.all(following.values());
    },
  };
}

/** One step at a time, each after the one before has ended, so that a run is never asked for twice at once. */
async function follow(
  id: string,
  options: FollowOptions,
  signal: AbortSignal | undefined,
  sleep: (ms: number) => Promise<void>,
): Promise<Run> {
  const { journal, pollIntervalMs, clock = systemClock } = options;
  let failures = 0;
  for (;;) {
    if (signal?.aborted) throw canceled();
    const run = await journal.get(id);
    if (!run) throw new Error(`The journal has no run ${id}.`);
    if (!OPEN_STATES.includes(run.state)) return run;
    const { next, retryAfterMs, error } = await step(run, options, signal);
    if (next !== run) options.onChange?.(next);
    failures = error ? failures + 1 : 0;
    if (next.state !== run.state) continue;
    const ageMs = clock.now() - Date.parse(run.startedAt);
    const asked = nextPollDelay({ ageMs, retryAfterMs, failures, sandbox: run.sandbox });
    await sleep(error ? asked : (pollIntervalMs ?? asked));
  }
}

interface Step {
  /** The run itself where nothing has changed. */
  readonly next: Run;
  readonly retryAfterMs: number | null;
  readonly error?: RunError;
}

async function step(run: Run, options: FollowOptions, signal: AbortSignal | undefined): Promise<Step> {
  try {
    if (run.state === 'sending') return { next: await settleSending(run, options.journal), retryAfterMs: null };
    const api = await options.apiFor(run);
    if (!api) throw new RunError('auth', `There is no API key for ${new URL(run.baseUrl).host}.`);
    return await (STEPS[run.state] ?? poll)(run, api, options, signal);
  } catch (error) {
    if (!isRunError(error) || FINAL.includes(error.kind)) throw error;
    options.onTrouble?.(run, error);
    return { next: run, retryAfterMs: error.retryAfterMs, error };
  }
}

/** Errors after which asking again by oneself is of no use. */
const FINAL = ['auth', 'permission', 'canceled'];

type Stepper = (run: Run, api: BatchesApi, options: FollowOptions, signal: AbortSignal | undefined) => Promise<Step>;

const STEPS: Readonly<Partial<Record<RunState, Stepper>>> = {
  uncertain: async (run, api, { journal }, signal) => {
    const { kind, run: next } = await settleUncertain(run, { api, journal, signal });
    return { next: kind === 'adopted' ? next : run, retryAfterMs: null };
  },
  in_progress: poll,
  canceling: poll,
  ended: async (run, api, { journal, modelsFor, clock, onFetching }, signal) => {
    const next = await fetchRun(run, {
      api,
      journal,
      models: await modelsFor(run),
      ...(clock && { clock }),
      ...(signal && { signal }),
      onProgress: (bytes) => onFetching?.(run, bytes),
    });
    return { next: next ?? run, retryAfterMs: null };
  },
};

async function poll(
  run: Run,
  api: BatchesApi,
  { journal }: FollowOptions,
  signal: AbortSignal | undefined,
): Promise<Step> {
  if (!run.batch) throw new Error(`The run ${run.id} is ${run.state} and has no batch.`);
  try {
    const { batch, retryAfterMs } = await api.retrieve(run.batch.id, signal);
    const said = stateOf(batch);
    const same = said.state === run.state && JSON.stringify(said.batch) === JSON.stringify(run.batch);
    return { next: same ? run : await journal.update(run.id, said, run.state), retryAfterMs };
  } catch (error) {
    if (!isRunError(error) || error.kind !== 'not-found') throw error;
    return { next: await markLost(journal, run, error), retryAfterMs: null };
  }
}

/** Sleepers that can be woken all at once. */
class Naps {
  readonly #napping = new Set<AbortController>();

  constructor(
    readonly clock: Clock,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  /** Throws `RunError` `canceled` when the signal is aborted. */
  async sleep(ms: number): Promise<void> {
    const nap = new AbortController();
    this.#napping.add(nap);
    if (!this.signal.aborted) await this.clock.sleep(ms, nap.signal).catch(() => {});
    this.#napping.delete(nap);
    if (this.signal.aborted) throw canceled();
  }

  wake(): void {
    for (const nap of this.#napping) nap.abort();
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
