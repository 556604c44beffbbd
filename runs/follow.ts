import type { ModelTable } from '../batch/cost/models';
import { stateOf } from './batch-state';
import type { BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { fetchRun } from './fetch-results';
import { msSince } from './instant';
import type { Journal } from './journal';
import { nextPollDelay, type PollVerdict, verdictOnPoll } from './poll-policy';
import type { PollTurns } from './poll-turns';
import { OPEN_STATES, type Run, type RunState } from './run';
import { canceled, isRunError, RunError } from './run-error';
import { lookForBatch, settleSending } from './settle';

export interface FollowOptions {
  readonly journal: Journal;
  /** Null where this process cannot reach the run's API: it has no key for it, or it is the sandbox of another window. */
  readonly apiFor: (run: Run) => Promise<BatchesApi | null>;
  /** The models that the run's file is judged by, for what its results cost. */
  readonly modelsFor: (run: Run) => Promise<ModelTable>;
  /** Whether results are fetched when they are there; else the run stays `ended`. By default they are. */
  readonly fetches?: (run: Run) => boolean;
  /** Whether an uncertain submission is looked for; else the run is left as it is. By default it is. */
  readonly settles?: boolean;
  /** After every change that this process made to a run. */
  readonly onChange?: (run: Run) => void;
  /** A call failed. It is made again in time, unless a person must do something first. */
  readonly onTrouble?: (run: Run, error: RunError) => void;
  /** Bytes of results that have arrived. */
  readonly onFetching?: (run: Run, bytes: number) => void;
  /** A fixed interval instead of backing off; after a failure the API's `retry-after` still counts. */
  readonly pollIntervalMs?: number | undefined;
  readonly clock?: Clock;
}

/** What the runs that one process follows share. */
export interface Followers {
  readonly turns: PollTurns;
  /** Milliseconds since 1970 until which a server is left alone, by origin. */
  readonly resting: Map<string, number>;
  /** Throws `RunError` `canceled` when the signal is aborted. */
  sleep(ms: number): Promise<void>;
}

/** While another process asks for a run, the journal is read so often. */
const LOOK_MS = 1_000;

/**
 * One step at a time, each after the one before has ended, so that a run is never asked for twice at once. Returns the run
 * when nothing is to be done for it by itself any more. Throws `RunError` where a person must do something first.
 */
export async function follow(
  id: string,
  options: FollowOptions,
  followers: Followers,
  signal: AbortSignal | undefined,
): Promise<Run> {
  const { journal, clock = systemClock } = options;
  const { turns, resting, sleep } = followers;
  let failures = 0;
  try {
    for (;;) {
      if (signal?.aborted) throw canceled();
      const run = await journal.get(id);
      if (!run) throw new RunError('canceled', `The journal has no run ${id} any more.`);
      if (isDone(run, options)) return run;
      if (asksFor(run) && !(await turns.take(run))) {
        await sleep(LOOK_MS);
        continue;
      }
      const rest = (resting.get(originOf(run)) ?? 0) - clock.now();
      if (rest > 0 && rest <= LONGEST_REST_MS) {
        await sleep(rest);
        continue;
      }
      const { next, retryAfterMs, error, waitsFor } = await step(run, options, failures, signal);
      if (next !== run && !error) options.onChange?.(await shownOf(next, journal));
      if (waitsFor === 'person') return next;
      failures = error ? failures + 1 : 0;
      if (next.state !== run.state) continue;
      const pause = waitsFor ? LOOK_MS : pauseAfter(next, { retryAfterMs, failures, error }, options);
      if (error?.status === 429) resting.set(originOf(run), clock.now() + pause);
      await sleep(pause);
    }
  } finally {
    await turns.leave(id);
  }
}

/** States in which the API is asked. */
const ASKING: readonly RunState[] = ['uncertain', 'in_progress', 'canceling'];
/** Of several batches each is asked for by itself. */
const asksFor = ({ state, plan }: Run): boolean => !plan && ASKING.includes(state);

/** What a person sees of a run: the whole in place of a part. */
async function shownOf(run: Run, journal: Journal): Promise<Run> {
  return (run.part && (await journal.get(run.part.run))) || run;
}

/** A clock that was set back must not make a rest of it. */
const LONGEST_REST_MS = 24 * 60 * 60_000;

function isDone(run: Run, { fetches, settles }: FollowOptions): boolean {
  if (!OPEN_STATES.includes(run.state) || (run.state === 'uncertain' && settles === false)) return true;
  return run.state === 'ended' && fetches !== undefined && !fetches(run);
}

function pauseAfter(
  run: Run,
  { retryAfterMs, failures, error }: { retryAfterMs: number | null; failures: number; error: RunError | undefined },
  { pollIntervalMs, clock = systemClock }: FollowOptions,
): number {
  const ageMs = ageOf(run, clock);
  const asked = nextPollDelay({ ageMs, retryAfterMs, failures, sandbox: run.sandbox, chance: Math.random() });
  if (pollIntervalMs === undefined) return asked;
  // A batch that is not visible yet is asked for as often as one that is.
  const isWaiting = !error || error.kind === 'not-found';
  return isWaiting
    ? pollIntervalMs
    : Math.max(retryAfterMs ?? 0, Math.min(asked, failedPause(pollIntervalMs, failures)));
}

/** Who wants short intervals wants them after a failure, too, though longer each time. */
function failedPause(pollIntervalMs: number, failures: number): number {
  return Math.max(pollIntervalMs, 100) * 2 ** failures;
}

interface Step {
  /** The run itself where nothing has changed. */
  readonly next: Run;
  readonly retryAfterMs: number | null;
  readonly error?: RunError;
  /** A person must decide, or another process is at it. */
  readonly waitsFor?: 'person' | 'process';
}

async function step(
  run: Run,
  options: FollowOptions,
  failures: number,
  signal: AbortSignal | undefined,
): Promise<Step> {
  const { journal, clock = systemClock } = options;
  if (run.state === 'sending')
    return { next: await settleSending(run, journal, clock), retryAfterMs: null, waitsFor: 'process' };
  // Its parts are followed by themselves; only their results are made one here.
  if (run.plan && run.state !== 'ended')
    return { next: run, retryAfterMs: null, waitsFor: run.state === 'partial' ? 'person' : 'process' };
  const api = await options.apiFor(run);
  if (!api) throw await noted(run, needsKey(run), options);
  try {
    const done = await (STEPS[run.state] ?? poll)(run, api, options, signal);
    return done.next.reach === null ? done : { ...done, next: await journal.update(run.id, { reach: null }) };
  } catch (error) {
    if (!isRunError(error)) throw error;
    return await afterFailure(run, api, error, { ...options, failures });
  }
}

/** `The run is paused: it needs the key "team" …x4f2 for api.anthropic.com.` */
function needsKey({ key, baseUrl }: Run): RunError {
  const tail = key.tail ? ` …${key.tail}` : '';
  return new RunError('auth', `Paused: needs the key "${key.name}"${tail} for ${new URL(baseUrl).host}.`);
}

/** Notes how the API could not be reached; throws what a person must see to. */
async function afterFailure(
  run: Run,
  api: BatchesApi,
  error: RunError,
  { journal, onTrouble, failures, clock = systemClock }: FollowOptions & { readonly failures: number },
): Promise<Step> {
  const sameKey = run.key.tail === '' || api.asked.key.endsWith(run.key.tail);
  const verdict = verdictOnPoll(error, { ageMs: ageOf(run, clock), sameKey, failures });
  const told = NOT_VISIBLE[verdict]?.(run, api, error) ?? error;
  if (error.kind === 'canceled' || error.kind === 'disk') throw error;
  if (verdict === 'pause' || verdict === 'not-visible') throw await noted(run, told, { journal, clock });
  const next = run.reach?.kind === told.kind ? run : await journal.update(run.id, { reach: reachOf(told, clock) });
  onTrouble?.(next, told);
  return { next, retryAfterMs: error.retryAfterMs, error };
}

/** What pauses a run is in the journal, for every window and terminal to see. Returns it. */
async function noted(
  run: Run,
  error: RunError,
  { journal, clock = systemClock }: Pick<FollowOptions, 'journal' | 'clock'>,
): Promise<RunError> {
  if (run.reach?.message !== error.message) await journal.update(run.id, { reach: reachOf(error, clock) });
  return error;
}

function reachOf({ kind, message }: RunError, clock: Clock): Run['reach'] {
  return { kind, message, since: new Date(clock.now()).toISOString() };
}

/** What a 404 says of the batch, instead of the API's own words. */
const NOT_VISIBLE: Readonly<Partial<Record<PollVerdict, (run: Run, api: BatchesApi, cause: RunError) => RunError>>> = {
  'not-visible-yet': ({ batch }, _, cause) => notFound(`The batch ${batch?.id} cannot be seen yet.`, cause),
  'not-visible'({ batch, key }, { asked }, cause) {
    const submitted = `submitted with "${key.name}"${key.tail ? ` …${key.tail}` : ''}`;
    return notFound(`The batch ${batch?.id} is not visible to the ${asked.key}; it was ${submitted}.`, cause);
  },
};

const notFound = (message: string, cause: RunError): RunError =>
  new RunError('not-found', message, { status: 404, requestId: cause.requestId, cause });

type Stepper = (run: Run, api: BatchesApi, options: FollowOptions, signal: AbortSignal | undefined) => Promise<Step>;

const STEPS: Readonly<Partial<Record<RunState, Stepper>>> = {
  uncertain: async (run, api, { journal, clock }, signal) => {
    const found = await lookForBatch(run, { api, journal, signal, clock });
    const decided = found.kind === 'adopted' || found.kind === 'looking';
    return { next: found.run, retryAfterMs: null, ...(!decided && { waitsFor: 'person' }) };
  },
  ended: async (run, api, { journal, modelsFor, clock, onFetching }, signal) => {
    const next = await fetchRun(run, {
      api,
      journal,
      models: await modelsFor(run),
      ...(clock && { clock }),
      ...(signal && { signal }),
      onProgress: (bytes) => onFetching?.(run, bytes),
    });
    return next ? { next, retryAfterMs: null } : { next: run, retryAfterMs: null, waitsFor: 'process' };
  },
};

async function poll(
  run: Run,
  api: BatchesApi,
  { journal }: FollowOptions,
  signal: AbortSignal | undefined,
): Promise<Step> {
  if (!run.batch) throw new Error(`The run ${run.id} is ${run.state} and has no batch.`);
  const { batch, retryAfterMs, account } = await api.retrieve(run.batch.id, signal);
  const said = { ...stateOf(batch), account: account.organization || account.workspace ? account : run.account };
  const same = said.state === run.state && JSON.stringify(said.batch) === JSON.stringify(run.batch);
  return { next: same ? run : await journal.update(run.id, said, run.state), retryAfterMs };
}

const originOf = ({ baseUrl }: Run): string => new URL(baseUrl).origin;

/** Milliseconds since its last bytes left: no batch is older. */
function ageOf({ attempt, startedAt }: Run, clock: Clock): number {
  if (attempt) return msSince(attempt.released ?? attempt.begun, clock.instant());
  return Math.max(0, clock.now() - Date.parse(startedAt));
}
