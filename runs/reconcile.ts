import type { ResultKind } from './result';
import type { RunOutcome } from './run';
import type { Spend } from './usage-cost';

/** What there is to know of a results file without reading a row: an open file, or a scan of one that went by. */
export interface ResultsOverview {
  readonly counts: Readonly<Record<ResultKind, number>>;
  readonly repeated: Iterable<string>;
  readonly unreadable: number;
  readonly unreadableLines: readonly number[];
  ids(): Iterable<string>;
  has(customId: string): boolean;
}

/**
 * Holds what was submitted against what came back, in whatever order. `submitted` is null where the ids are not known
 * any more: then none is missing and none unexpected. `spend` is what the answered rows cost and used.
 */
export function reconcile(
  submitted: readonly string[] | null,
  results: ResultsOverview,
  spend: Pick<Spend, 'usd' | 'answers' | 'suspicious'> | null,
): RunOutcome {
  const known = submitted && new Set(submitted);
  return {
    ...results.counts,
    missing: submitted?.filter((customId) => !results.has(customId)) ?? [],
    unexpected: known ? [...results.ids()].filter((customId) => !known.has(customId)) : [],
    repeated: [...results.repeated],
    unreadable: results.unreadable,
    unreadableLines: results.unreadableLines,
    usd: spend?.usd ?? null,
    ...(spend && { answers: spend.answers, suspicious: spend.suspicious }),
  };
}

/** Every submitted request has exactly one row, and nothing else is there. Rows that failed are all right in this sense. */
export function isAccountedFor({ missing, unexpected, repeated, unreadable }: RunOutcome): boolean {
  return missing.length === 0 && unexpected.length === 0 && repeated.length === 0 && unreadable === 0;
}
