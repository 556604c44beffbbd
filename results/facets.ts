import { OUTCOMES, type Outcome } from './outcome';
import { faultKey, type TableRow } from './results-table';

/** What rows can be filtered by, each with how many there are: outcomes in their order, the rest the most frequent first. */
export interface Facets {
  readonly outcomes: readonly Facet<Outcome>[];
  readonly faults: readonly Facet[];
  readonly stopReasons: readonly Facet[];
}

export interface Facet<Value extends string = string> {
  readonly value: Value;
  readonly count: number;
}

export function facetsOf(rows: readonly TableRow[]): Facets {
  const outcomes = new Map<Outcome, number>();
  const faults = new Map<string, number>();
  const stopReasons = new Map<string, number>();
  for (const { outcome, fault, stopReason } of rows) {
    add(outcomes, outcome);
    if (fault) add(faults, faultKey(fault));
    if (stopReason !== null) add(stopReasons, stopReason);
  }
  return {
    outcomes: OUTCOMES.flatMap((value) => (outcomes.has(value) ? [{ value, count: outcomes.get(value) ?? 0 }] : [])),
    faults: mostFirst(faults),
    stopReasons: mostFirst(stopReasons),
  };
}

/** The values, each with how often it is there, the most frequent first. */
export function facetsIn(values: Iterable<string>): Facet[] {
  const counts = new Map<string, number>();
  for (const value of values) add(counts, value);
  return mostFirst(counts);
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFirst(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
