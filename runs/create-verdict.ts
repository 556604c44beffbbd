import type { RunError } from './run-error';

/**
 * What a failed create call means:
 * - `refused`: nothing was bought, and the same would be refused again.
 * - `later`: nothing was bought; the API asks for patience.
 * - `at-once`: nothing can have been bought, since not all of the body was handed over.
 * - `unknown`: a batch may have been made.
 */
export type CreateVerdict = 'refused' | 'later' | 'at-once' | 'unknown';

/** Answers that say no before anything is made, and those that ask for patience. Whatever is not here leaves it open. */
const REFUSALS: readonly number[] = [400, 401, 402, 403, 404, 405, 407, 411, 413, 414, 415, 422, 431, 501];
const LATER: readonly number[] = [429, 529];

/** `released` is whether the last bytes of the announced `content-length` were handed to the socket. */
export function verdictOnCreate({ status, kind }: Pick<RunError, 'status' | 'kind'>, released: boolean): CreateVerdict {
  if (kind === 'billing') return 'refused';
  if (kind === 'key-header') return 'at-once';
  if (status !== null) {
    if (LATER.includes(status)) return 'later';
    if (REFUSALS.includes(status) || (status >= 300 && status < 400)) return 'refused';
  }
  if (released) return 'unknown';
  return kind === 'network' || kind === 'server' ? 'at-once' : 'refused';
}

/** After which pauses a body that did not get through is sent again. */
const AT_ONCE_MS: readonly number[] = [0, 1_000, 3_000];
/** A dozen refusals for lack of room take some seven minutes. */
const MOST_LATER = 12;
const LONGEST_MS = 60_000;
/** Who is asked to wait longer is told so instead. */
const PATIENCE_MS = 60 * 60_000;

/**
 * Milliseconds until the body is sent again after its `number`-th attempt (1-based) failed so; null where it is not.
 * `retryAfterMs` is what the API asks for.
 */
export function pauseBeforeNext(verdict: CreateVerdict, number: number, retryAfterMs: number | null): number | null {
  if (verdict === 'at-once') return AT_ONCE_MS[number - 1] ?? null;
  if (verdict !== 'later' || number >= MOST_LATER) return null;
  const pause = retryAfterMs ?? Math.min(LONGEST_MS, 1_000 * 2 ** (number - 1));
  return pause <= PATIENCE_MS ? pause : null;
}
