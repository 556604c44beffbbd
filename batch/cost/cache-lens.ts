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
import { deviationsFrom, type PrefixDeviation } from './deviations';
import type { Model, ModelTable } from './models';
import { minus, plus, type Range, times } from './range';
import { SharedStarts } from './shared-starts';
import { KINDS, type Start, type Stem } from './stem';

/** Requests of a file that begin alike. */
export interface PrefixGroup extends SharedPrefix {
  readonly key: number;
  readonly settings: number;
  /** Where the shared part ends in the first of them. */
  readonly path: Path;
  /** 0-based line of the first that does not mark the end; `line` where all do. */
  readonly firstUnmarked: number;
}

/** What the beginnings of the requests of a file have to do with each other. */
export interface CacheLens {
  /** What is shared and pays, by the key of what is shared, shortest first. */
  readonly groups: ReadonlyMap<number, PrefixGroup>;
  readonly deviations: readonly PrefixDeviation[];
  /** Marks that write what no other request of the file could read. */
  readonly unread: readonly UnreadMark[];
  readonly savings: CacheSavings;
}

/** A mark at the end of what one request alone begins with. */
export interface UnreadMark {
  /** 0-based. */
  readonly line: number;
  /** Of what bears it. */
  readonly path: Path;
  readonly ttl: '5m' | '1h';
}

/** Of a file without anything that is shared and pays. */
export const NO_LENS: CacheLens = { groups: new Map(), deviations: [], unread: [], savings: NO_SAVINGS };

/** More than these are not listed one by one. */
const MOST_LISTED = 20;

/** Looks at the beginnings of all requests, by line. */
export function cacheLens(lines: readonly (CachePrefixes | undefined)[], models: ModelTable): CacheLens {
  const starts = newStarts(models);
  starts.splice(0, 0, lines);
  return lensOver(starts, models);
}

/** For lines that come and go: those of beginnings that are long enough for a cache are looked at. */
export function newStarts(models: ModelTable): SharedStarts {
  return new SharedStarts((stem) => tokensOf(stem).expected >= (modelOf(stem, models)?.cache_min_tokens ?? Infinity));
}

/** What has been shared so far; its savings are to be asked before lines change. */
export function lensOver(starts: SharedStarts, models: ModelTable): CacheLens {
  const paying = payingStems(starts.worth, models);
  const unread = unreadMarks(starts);
  if (paying.size === 0) return unread.length === 0 ? NO_LENS : { ...NO_LENS, unread };
  const byStem = groupsOf(paying, starts);
  const groups = new Map([...byStem].map(([{ key }, group]) => [key, group]));
  let savings: CacheSavings | undefined;
  return {
    groups,
    deviations: deviationsFrom(byStem, starts),
    unread,
    get savings() {
      savings ??= savingsOf(byStem, groups);
      return savings;
    },
  };
}

/** In the order of their lines; of a request the first, since what it marks after that is its own as well. */
function unreadMarks(starts: SharedStarts): UnreadMark[] {
  const first = new Map<Start, Stem>();
  for (const stem of starts.unread)
    for (const start of stem.startsWithIt())
      if (start.requests > 0 && !((first.get(start)?.end ?? Infinity) < stem.end)) first.set(start, stem);
  return Array.from(starts.linesOf(first.keys()), ({ line, start }): UnreadMark => {
    const { path, ttl } = start.prefixes.shape.ends[first.get(start)!.end]!;
    return { line, path, ttl: ttl ?? '5m' };
  });
}

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

/** USD that each saves beyond those it goes on from, where that is more than nothing; shortest first. */
function payingStems(stems: Iterable<Stem>, models: ModelTable): ReadonlyMap<Stem, Range> {
  const paying = new Map<Stem, Range>();
  const shared = [...stems].filter((stem) => stem.isShared).sort((a, b) => a.end - b.end);
  for (const stem of shared) {
    const model = modelOf(stem, models);
    const prices = model && pricesOf(stem, model);
    if (!prices) continue;
    const before = within(stem, paying);
    const tokens = before ? minus(tokensOf(stem), tokensOf(before)) : tokensOf(stem);
    const factor = models.batchFactor * (stem.prefixes.shape.inUs ? models.usInferenceFactor : 1);
    const saves = times(savedBy(prices, tokens), factor);
    if (saves.expected > 0) paying.set(stem, saves);
  }
  return paying;
}

/** The longest of these that it goes on from. */
function within(stem: Stem, stems: { has(stem: Stem): boolean }): Stem | undefined {
  for (const below of stem.below!.downwards()) if (stems.has(below)) return below;
  return undefined;
}

function tokensOf({ prefixes, end }: Stem): Range {
  return prefixes.tokens[end]!;
}

function modelOf({ prefixes }: Stem, models: ModelTable): Model | undefined {
  return models.find(prefixes.shape.model);
}

function pricesOf({ kinds }: Stem, model: Model): PrefixPrices | undefined {
  let prices: PrefixPrices = NO_PRICES;
  for (const [i, kind] of KINDS.entries()) {
    const price = kind.startsWith('long') ? model.price_above_prompt_tokens : model.price_usd_per_mtok;
    const requests = kinds[i]!;
    if (requests === 0) continue;
    if (!price) return undefined;
    prices = withRequests(prices, requests, price, kind.endsWith('1h') ? '1h' : '5m');
  }
  return prices;
}

/** Shortest first, and of those the first in the file. */
function groupsOf(paying: ReadonlyMap<Stem, Range>, starts: SharedStarts): ReadonlyMap<Stem, PrefixGroup> {
  const first = starts.firstLines(new Set(paying.keys()));
  const groups = [...paying].map(([stem, saves]): [Stem, PrefixGroup] => {
    const { start, line, unmarked: firstUnmarked = line } = first.get(stem)!;
    const { settings, ends, model } = start.prefixes.shape;
    const { key, end, requests, unmarked } = stem;
    const group = { key, settings, path: ends[end]!.path, line, model, requests, unmarked, firstUnmarked };
    return [stem, { ...group, tokens: tokensOf(stem), saves }];
  });
  return new Map(groups.sort(([one, a], [other, b]) => one.end - other.end || a.line - b.line));
}

function savingsOf(byStem: ReadonlyMap<Stem, PrefixGroup>, groups: ReadonlyMap<number, PrefixGroup>): CacheSavings {
  let requests = 0;
  let unmarked = 0;
  let tokens = 0;
  for (const stem of byStem.keys()) {
    const before = within(stem, byStem);
    tokens += stem.requests * (tokensOf(stem).expected - (before ? tokensOf(before).expected : 0));
    if (before) continue;
    requests += stem.requests;
    for (const start of stem.startsWithIt())
      if (missingMarks(start.prefixes, { groups }).length > 0) unmarked += start.requests;
  }
  const prefixes = [...groups.values()]
    .map(({ line, model, requests, unmarked, tokens, saves }) => ({ line, model, requests, unmarked, tokens, saves }))
    .sort((a, b) => b.saves.expected - a.saves.expected || a.line - b.line);
  const usd = prefixes.reduce((sum, { saves }) => plus(sum, saves), NO_SAVINGS.usd);
  return { requests, unmarked, tokens, usd, prefixes: prefixes.slice(0, MOST_LISTED) };
}
