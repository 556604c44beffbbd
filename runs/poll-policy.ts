import type { RunError, RunErrorKind } from './run-error';

export interface PollSituation {
  /** Since submission. */
  readonly ageMs: number;
  /** What the API asked for. */
  readonly retryAfterMs: number | null;
  /** Polls that failed in a row. */
  readonly failures: number;
  readonly sandbox: boolean;
  /** In [0, 1): so that programs that were started together do not ask together. */
  readonly chance: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Who asks for more patience than this is asked again all the same. */
const PATIENCE_MS = 60 * MINUTE;
/** The share by which a pause is shortened or made longer. */
const JITTER = 0.1;

/**
 * Milliseconds until the API is asked again. Small batches end within minutes, large ones may take hours: a tenth of the
 * age within the first hour, then a thirtieth, in bounds. What the API asks for is the least.
 */
export function nextPollDelay({ ageMs, retryAfterMs, failures, sandbox, chance }: PollSituation): number {
  const first = sandbox ? SECOND : 10 * SECOND;
  const byAge = ageMs < 60 * MINUTE ? clamp(ageMs / 10, first, MINUTE) : clamp(ageMs / 30, MINUTE, 5 * MINUTE);
  const byFailures = failures > 0 ? clamp(first * 2 ** (failures - 1), first, 5 * MINUTE) : 0;
  const jittered = Math.max(byAge, byFailures) * (1 - JITTER + 2 * JITTER * chance);
  return Math.round(Math.max(clamp(jittered, first, 5 * MINUTE), Math.min(retryAfterMs ?? 0, PATIENCE_MS)));
}

/** A new batch may not be visible at once. */
const VISIBLE_WITHIN_MS = 10 * MINUTE;

/**
 * What a poll that failed means for what comes next. It says nothing about the batch.
 * - `again`: it will pass.
 * - `slow-all`: all runs of this server wait.
 * - `not-visible-yet`: a new batch that is not to be seen.
 * - `not-visible`: a batch that this key does not see, or that was deleted.
 * - `pause`: asking is of no use before a person has done something.
 */
export type PollVerdict = 'again' | 'slow-all' | 'not-visible-yet' | 'not-visible' | 'pause';

const PAUSES: readonly RunErrorKind[] = ['auth', 'permission', 'canceled', 'disk'];
/** An answer that no patience changes may still be that of a proxy that is just being mended. */
const PATIENCE = 4;

/**
 * `sameKey` is whether the batch was submitted with the key that it was asked for with, `failures` the polls that failed in
 * a row before this one.
 */
export function verdictOnPoll(
  { kind, status }: Pick<RunError, 'kind' | 'status'>,
  { ageMs, sameKey, failures = 0 }: { readonly ageMs: number; readonly sameKey: boolean; readonly failures?: number },
): PollVerdict {
  if (kind === 'not-found') return sameKey && ageMs < VISIBLE_WITHIN_MS ? 'not-visible-yet' : 'not-visible';
  if (status === 429) return 'slow-all';
  const isHopeless = kind === 'invalid' || (status !== null && status >= 300 && status < 400);
  return PAUSES.includes(kind) || (isHopeless && failures >= PATIENCE) ? 'pause' : 'again';
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
