import { setTimeout as delay } from 'node:timers/promises';
import { canceled } from './run-error';

/** Time as the poller sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Throws `RunError` `canceled` when the signal is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => Promise.reject(canceled())),
};
