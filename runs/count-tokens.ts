import type { BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { pauseBeforeNext } from './create-verdict';
import { isRunError, type RunError, type RunErrorKind } from './run-error';

export interface CountOptions {
  readonly signal?: AbortSignal | undefined;
  /** Requests that are done, of all. */
  readonly onProgress?: (done: number, all: number) => void;
  /** The API asks for patience, so many milliseconds. */
  readonly onWaiting?: (error: RunError, ms: number) => void;
  readonly clock?: Clock;
}

/** What the API said of one prompt: its tokens, or why it does not count it. */
export type TokenCount = number | RunError;

/** It passes; and since a count costs nothing, it is asked for again. */
const PASSING: readonly RunErrorKind[] = ['rate-limit', 'overloaded', 'server', 'network'];
/** A matter of this one prompt. */
const OF_THE_PROMPT: readonly RunErrorKind[] = ['invalid', 'not-found', 'too-large'];

/**
 * Has prompts counted one after the other, with what patience the API asks for. `bodies` are JSON. Throws `RunError` for what is no matter of a single prompt.
 */
export async function countTokens(
  bodies: readonly Uint8Array[],
  api: Pick<BatchesApi, 'countTokens'>,
  options: CountOptions = {},
): Promise<TokenCount[]> {
  const counts: TokenCount[] = [];
  for (const body of bodies) {
    counts.push(await countOne(body, api, options));
    options.onProgress?.(counts.length, bodies.length);
  }
  return counts;
}

async function countOne(
  body: Uint8Array,
  api: Pick<BatchesApi, 'countTokens'>,
  { signal, onWaiting, clock = systemClock }: CountOptions,
): Promise<TokenCount> {
  for (let number = 1; ; number++) {
    try {
      return await api.countTokens(body, signal);
    } catch (error) {
      if (!isRunError(error)) throw error;
      if (OF_THE_PROMPT.includes(error.kind)) return error;
      const pause = PASSING.includes(error.kind) ? pauseBeforeNext('later', number, error.retryAfterMs) : null;
      if (pause === null) throw error;
      onWaiting?.(error, pause);
      await clock.sleep(pause, signal);
    }
  }
}
