import type { Path } from '../finding';
import { MAX_CACHE_BREAKPOINTS } from '../limits';
import type { CachePrefixes, PrefixEnd } from './cache-prefixes';
import {
  CACHE_TTL,
  type CacheSavings,
  NO_PRICES,
  NO_SAVINGS,
  type PrefixPrices,
  type SharedPrefix,
  savedBy,
  withRequests,
} from './cache-savings';
import type { Model, ModelTable } from './models';
import { minus, plus, times } from './range';
import { type Candidate, KINDS, type Kind, type SharedPart, SharedStarts } from './shared-starts';

/** Requests of a file that begin alike. */
export interface PrefixGroup extends SharedPrefix {
  readonly key: number;
  /** The parts that they share beyond what more requests do, in order. */
  readonly parts: readonly SharedPart[];
  readonly settings: number;
  /** Where the shared part ends in the first of them. */
  readonly path: Path;
  /** 0-based line of the first that does not mark the end; `line` where all do. */
  readonly firstUnmarked: number;
}

/** A request that begins as many others do, but not as far as they do. */
export interface PrefixDeviation {
  /** 0-based. */
  readonly line: number;
  /** Of the part that is another. */
  readonly path: Path;
  readonly group: PrefixGroup;
}

/** What the beginnings of the requests of a file have to do with each other. */
export interface CacheLens {
  /** What is shared and pays, by the key of what is shared, shortest first. */
  readonly groups: ReadonlyMap<number, PrefixGroup>;
  readonly deviations: readonly PrefixDeviation[];
  readonly savings: CacheSavings;
}

/** More than these are not listed one by one. */
const MOST_LISTED = 20;

/** Looks at the beginnings of all requests, by line. */
export function cacheLens(lines: readonly (CachePrefixes | undefined)[], models: ModelTable): CacheLens {
  const starts = new SharedStarts(lines);
  const groups = new Map<number, PrefixGroup>();
  for (const group of [...starts.groups.values()].sort((a, b) => a.depth - b.depth)) {
    const model = models.find(group.model);
    const paying = model && payingGroup(group, groups, model, models);
    if (paying) groups.set(paying.key, paying);
  }
  if (groups.size === 0) return NO_LENS;
  return { groups, deviations: deviationsFrom(groups, starts), savings: savingsOf(groups, starts) };
}

/** Of a file without anything that is shared and pays. */
export const NO_LENS: CacheLens = { groups: new Map(), deviations: [], savings: NO_SAVINGS };

/** Where a request does not mark what it shares, as far as it may have more marks: the longest first. */
export function missingMarks({ shape, keys }: CachePrefixes, { groups }: Pick<CacheLens, 'groups'>): MissingMark[] {
  const ends = keys.flatMap((key, end) => (groups.has(key) && shape.ends[end]!.ttl === null ? [end] : []));
  const room = Math.max(0, MAX_CACHE_BREAKPOINTS - shape.marks);
  return ends
    .reverse()
    .slice(0, room)
    .map((end) => ({ ...shape.ends[end]!, ttl: ttlAt(shape.ends, end) }));
}

/** A mark to be set. */
export interface MissingMark extends PrefixEnd {
  readonly ttl: '5m' | '1h';
}

/** An hour cannot come after five minutes. */
function ttlAt(ends: readonly PrefixEnd[], end: number): MissingMark['ttl'] {
  return ends.slice(0, end).some(({ ttl }) => ttl === '5m') ? '5m' : CACHE_TTL;
}

/** What a group saves beyond those it is within; undefined where it does not pay, or its model has no price. */
function payingGroup(
  candidate: Candidate,
  found: ReadonlyMap<number, PrefixGroup>,
  model: Model,
  models: ModelTable,
): PrefixGroup | undefined {
  const prices = pricesOf(candidate.kinds, model);
  if (!prices || candidate.tokens.expected < model.cache_min_tokens) return undefined;
  const above = candidate.within.findLast((key) => found.has(key));
  const before = above === undefined ? undefined : found.get(above)!.tokens;
  const tokens = before ? minus(candidate.tokens, before) : candidate.tokens;
  const factor = models.batchFactor * (candidate.inUs ? models.usInferenceFactor : 1);
  const saves = times(savedBy(prices, tokens), factor);
  if (saves.expected <= 0) return undefined;
  const { key, parts, settings, path, line, requests, unmarked, firstUnmarked } = candidate;
  return {
    ...{ key, parts, settings, path, line, model: model.id, requests, unmarked, firstUnmarked },
    ...{ tokens: candidate.tokens, saves },
  };
}

function pricesOf(kinds: ReadonlyMap<Kind, number>, model: Model): PrefixPrices | undefined {
  let prices: PrefixPrices = NO_PRICES;
  for (const kind of KINDS) {
    const price = kind.startsWith('long') ? model.price_above_prompt_tokens : model.price_usd_per_mtok;
    const requests = kinds.get(kind) ?? 0;
    if (requests === 0) continue;
    if (!price) return undefined;
    prices = withRequests(prices, requests, price, kind.endsWith('1h') ? '1h' : '5m');
  }
  return prices;
}

/** Those that are few beside the group that they differ from: many are of another kind. */
function deviationsFrom(groups: ReadonlyMap<number, PrefixGroup>, starts: SharedStarts): PrefixDeviation[] {
  const expected = expectedParts(groups);
  const deviating = new Map<CachePrefixes, Omit<PrefixDeviation, 'line'>>();
  const times = new Map<PrefixGroup, number>();
  for (const [prefixes, { times: more }] of starts.distinct) {
    const found = prefixes.keys.some((key) => groups.has(key)) ? undefined : deviationOf(prefixes, expected);
    if (!found) continue;
    deviating.set(prefixes, found);
    times.set(found.group, (times.get(found.group) ?? 0) + more);
  }
  if (deviating.size === 0) return [];
  return starts.lines.flatMap((prefixes, line) => {
    const found = prefixes && deviating.get(prefixes);
    return found && 2 * times.get(found.group)! < found.group.requests ? [{ line, ...found }] : [];
  });
}

interface ExpectedPart extends SharedPart {
  readonly group: PrefixGroup;
}

/** What most requests go on with, by what stands before it. */
function expectedParts(groups: ReadonlyMap<number, PrefixGroup>): ReadonlyMap<number, ExpectedPart> {
  const expected = new Map<number, ExpectedPart>();
  for (const group of groups.values())
    for (const part of group.parts)
      if ((expected.get(part.above)?.group.requests ?? 0) < group.requests)
        expected.set(part.above, { ...part, group });
  return expected;
}

function deviationOf(
  { shape, keys }: CachePrefixes,
  expected: ReadonlyMap<number, ExpectedPart>,
): Omit<PrefixDeviation, 'line'> | undefined {
  for (const [end, { path }] of shape.ends.entries()) {
    const part = expected.get(keys[end - 1] ?? shape.root);
    if (!part || part.key === keys[end]) continue;
    const isAlike = part.group.settings === shape.settings && isSamePart(part.path, path);
    // Of tools any may be another, not only the last.
    return isAlike ? { path: path[1] === 'tools' ? path.slice(0, 2) : path, group: part.group } : undefined;
  }
  return undefined;
}

/** A string and the first block that stands in its stead are the same part, and so are all tools. */
function isSamePart(one: Path, other: Path): boolean {
  if (one[1] === 'tools') return other[1] === 'tools';
  const [long, short] = one.length < other.length ? [other, one] : [one, other];
  return short.every((step, i) => step === long[i]) && long.slice(short.length).every((step) => step === 0);
}

function savingsOf(groups: ReadonlyMap<number, PrefixGroup>, { distinct }: SharedStarts): CacheSavings {
  let requests = 0;
  let unmarked = 0;
  let tokens = 0;
  for (const [prefixes, { times }] of distinct) {
    const end = prefixes.keys.findLastIndex((key) => groups.has(key));
    if (end < 0) continue;
    requests += times;
    tokens += times * prefixes.tokens[end]!.expected;
    if (missingMarks(prefixes, { groups }).length > 0) unmarked += times;
  }
  const prefixes = [...groups.values()]
    .map(({ line, model, requests, unmarked, tokens, saves }) => ({ line, model, requests, unmarked, tokens, saves }))
    .sort((a, b) => b.saves.expected - a.saves.expected || a.line - b.line);
  const usd = prefixes.reduce((sum, { saves }) => plus(sum, saves), NO_SAVINGS.usd);
  return { requests, unmarked, tokens, usd, prefixes: prefixes.slice(0, MOST_LISTED) };
}
