import type { Facet } from './facets';
import { facetsOf } from './facets';
import type { Outcome } from './outcome';
import type { TableRow } from './results-table';

/** What a run came to, in figures. */
export interface Summary {
  readonly requests: number;
  readonly outcomes: readonly Facet<Outcome>[];
  readonly faults: readonly Facet[];
  readonly stopReasons: readonly Facet[];
  readonly tokens: {
    readonly input: number;
    readonly cacheRead: number;
    readonly cacheWritten: number;
    readonly output: number;
  };
  /** Share of the prompts' tokens that came from the cache; null where there were none. */
  readonly cacheHitRate: number | null;
  /** USD; null where an answered row has no price. */
  readonly usd: number | null;
  /** How many answers have a length in characters below `to`, and not in the bin before. */
  readonly lengths: readonly { readonly to: number; readonly count: number }[];
}

/** Adds up what rows say. */
export function summaryOf(rows: readonly TableRow[]): Summary {
  const tokens = { input: 0, cacheRead: 0, cacheWritten: 0, output: 0 };
  const lengths: number[] = [];
  let usd: number | null = 0;
  for (const row of rows) {
    if (row.outcome !== 'answered' && row.outcome !== 'suspicious') continue;
    lengths.push(row.length);
    usd = usd === null || row.usd === null ? null : usd + row.usd;
    for (const key of Object.keys(tokens) as (keyof typeof tokens)[]) tokens[key] += row.tokens?.[key] ?? 0;
  }
  const prompt = tokens.input + tokens.cacheRead + tokens.cacheWritten;
  return {
    requests: rows.length,
    ...facetsOf(rows),
    tokens,
    cacheHitRate: prompt === 0 ? null : tokens.cacheRead / prompt,
    usd,
    lengths: histogram(lengths),
  };
}

/** Bins that double, from the shortest answer to the longest. */
function histogram(lengths: readonly number[]): { to: number; count: number }[] {
  const bins = new Map<number, number>();
  const binOf = (length: number): number => 2 ** Math.ceil(Math.log2(length + 1));
  for (const length of lengths) bins.set(binOf(length), (bins.get(binOf(length)) ?? 0) + 1);
  const ends = [...bins.keys()];
  const made: { to: number; count: number }[] = [];
  if (ends.length === 0) return made;
  for (let to = Math.min(...ends); to <= Math.max(...ends); to *= 2) made.push({ to, count: bins.get(to) ?? 0 });
  return made;
}
