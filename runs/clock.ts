import { setTimeout as delay } from 'node:timers/promises';
import { instant, msSince } from './instant';
import type { Instant } from './run';
import { canceled } from './run-error';

/** Time as a run sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  instant(): Instant;
  /** Throws `RunError` `canceled` when the signal is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  instant: () => instant(),
  async sleep(ms, signal) {
    const begun = instant();
    for (let left = ms; left > 0; left = ms - msSince(begun)) {
      // A timer stands still while the lid is closed: the time that went by shows at the next slice.
      await delay(Math.min(left, SLICE_MS), undefined, signal ? { signal } : {}).catch(() => {
        throw canceled();
      });
      if (left <= SLICE_MS) return;
    }
    if (signal?.aborted) throw canceled();
  },
};

const SLICE_MS = 15_000;
