import { RESULTS_DAYS } from '../batch/limits';
import type { BatchSnapshot, Run } from './run';
import { isOpen } from './run-words';

const DAY_MS = 24 * 60 * 60_000;
/** Results that are not on this disk are warned of so long before they go. */
const WARNED_BEFORE_MS = 5 * DAY_MS;

/** Until when the API keeps the results, in milliseconds since 1970. */
export function resultsUntil({ created_at }: Pick<BatchSnapshot, 'created_at'>): number {
  return Date.parse(created_at) + RESULTS_DAYS * DAY_MS;
}

/** Its results are not on this disk and will soon be gone. `now` in milliseconds since 1970. */
export function isExpiring(run: Run, now: number): boolean {
  if (!run.batch || !isOpen(run)) return false;
  const left = resultsUntil(run.batch) - now;
  return left > 0 && left <= WARNED_BEFORE_MS;
}

/**
 * What goes on without anybody watching, as a sentence: `It is answered until 2026-11-21 21:04 UTC at the latest, and its
 * results are kept until 2026-12-19 21:04 UTC.` Undefined where there is no batch, or nothing is to come of it.
 */
export function deadlinesPhrase(run: Run, now: number): string | undefined {
  const { batch } = run;
  if (!batch || !isOpen(run)) return undefined;
  const until = resultsUntil(batch);
  if (until <= now) return `Its results were kept until ${utc(until)}.`;
  const kept = `results are kept until ${utc(until)}`;
  if (batch.processing_status === 'ended') return `Its ${kept}.`;
  return `It is answered until ${utc(Date.parse(batch.expires_at))} at the latest, and its ${kept}.`;
}

/** `2026-11-20 21:04 UTC` of milliseconds since 1970. */
export function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
