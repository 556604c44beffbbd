import { OUTCOMES, type Outcome } from './outcome';
import { faultKey, type ResultsTable, type TableRow } from './results-table';

/** Which rows are wanted: all that every part lets through. */
export interface Filter {
  readonly outcome: Outcome | null;
  /** The key of a fault. */
  readonly fault: string | null;
  readonly stopReason: string | null;
}

/** Lets every row through. */
export const EVERYTHING: Filter = { outcome: null, fault: null, stopReason: null };

export const SORT_KEYS = ['line', 'custom_id', 'status', 'stop_reason', 'length', 'tokens', 'cost'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** As the requests stand in their file. */
export const INPUT_ORDER: Sort = { by: 'line', descending: false };

/** 0-based number of a request's line by its id; undefined where that is not known. */
export type LineOf = (customId: string) => number | undefined;

/** The numbers of the rows that pass, in order; rows that are equal stay in the order of the requests, then of the table. */
export function orderRows(
  table: ResultsTable,
  filter: Filter,
  sort: Sort,
  lineOf: LineOf,
  matches: (row: TableRow) => boolean = () => true,
): number[] {
  const { rows } = table;
  const chosen: number[] = [];
  for (const [index, row] of rows.entries()) if (passes(row, filter) && matches(row)) chosen.push(index);
  const lines = Float64Array.from(
    rows,
    ({ customId }) => (customId === null ? undefined : lineOf(customId)) ?? Infinity,
  );
  const byLine = (a: number, b: number): number => compare(lines[a] ?? 0, lines[b] ?? 0) || a - b;
  const keyOf = KEYS[sort.by];
  const factor = sort.descending ? -1 : 1;
  if (!keyOf) return chosen.sort((a, b) => factor * byLine(a, b));
  const keys = rows.map(keyOf);
  const byKey = (a: number, b: number): number => factor * compare(keys[a] ?? '', keys[b] ?? '');
  return chosen.sort((a, b) => byKey(a, b) || byLine(a, b));
}

const KEYS: Readonly<Record<SortKey, ((row: TableRow) => string | number) | null>> = {
  line: null,
  custom_id: ({ customId }) => customId ?? '',
  status: ({ outcome }) => OUTCOMES.indexOf(outcome),
  stop_reason: ({ stopReason, fault }) => stopReason ?? fault?.type ?? '',
  length: ({ length }) => length,
  tokens: ({ tokens }) => tokens?.output ?? -1,
  cost: ({ usd }) => usd ?? -1,
};

export function passes(row: TableRow, { outcome, fault, stopReason }: Filter): boolean {
  return (
    (outcome === null || row.outcome === outcome) &&
    (fault === null || (row.fault !== null && faultKey(row.fault) === fault)) &&
    (stopReason === null || row.stopReason === stopReason)
  );
}

/** By code units, which is what ids are compared by everywhere else and costs least; `Infinity` is last. */
function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
