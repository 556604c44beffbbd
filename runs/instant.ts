import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Instant } from './run';

/** This moment. `now` in milliseconds since 1970, by the clock that a person may set. */
export function instant(now = Date.now()): Instant {
  return { at: new Date(now).toISOString(), uptimeMs: Math.round(uptime() * 1000), boot: bootId() };
}

/**
 * Milliseconds from a moment until now; never below 0. Within one boot by the clock that nobody sets, so that a clock set
 * back an hour changes nothing.
 */
export function msSince(before: Instant, now = instant()): number {
  return Math.max(0, msBetween(before, now));
}

/** The same as the clocks have it: below 0 where the only clock that both moments were read from was set back. */
export function msBetween({ at, uptimeMs, boot }: Instant, now: Instant): number {
  return boot !== '' && boot === now.boot ? now.uptimeMs - uptimeMs : Date.parse(now.at) - Date.parse(at);
}

/** Another after each start of this machine; empty where the system has none. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
