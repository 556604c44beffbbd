import type { Path } from '../finding';
import { MAX_CACHE_BREAKPOINTS } from '../limits';
import type { CachePrefixes, PrefixEnd } from './cache-prefixes';
import { CACHE_TTL } from './cache-savings';
import type { Range } from './range';

/** The keys before and behind one part of a prefix. */
export interface SharedPart {
  readonly above: number;
  readonly key: number;
  readonly path: Path;
}

/** By kind of request: priced by the model's first tier or above, with the prefix kept for an hour or five minutes. */
export type Kind = `${'long' | 'usual'} ${'1h' | '5m'}`;

export interface Candidate {
  readonly key: number;
  readonly parts: readonly SharedPart[];
  readonly settings: number;
  readonly path: Path;
  readonly depth: number;
  /** Keys of what is shared by more, shortest first. */
  readonly within: readonly number[];
  readonly model: string;
  readonly inUs: boolean;
  readonly tokens: Range;
  readonly line: number;
  requests: number;
  unmarked: number;
  firstUnmarked: number;
  readonly kinds: Map<Kind, number>;
}

/** Which lines begin alike. */
export class SharedStarts {
  /** Lines by what they begin with, each once with its first line and how many there are. */
  readonly distinct = new Map<CachePrefixes, { readonly line: number; times: number }>();
  readonly #times = new Map<number, number>();
  readonly groups = new Map<number, Candidate>();

  constructor(readonly lines: readonly (CachePrefixes | undefined)[]) {
    for (let line = 0; line < lines.length; line++) {
      const prefixes = lines[line];
      const known = prefixes && this.distinct.get(prefixes);
      if (known) known.times++;
      else if (prefixes) this.distinct.set(prefixes, { line, times: 1 });
    }
    for (const [{ keys }, { times }] of this.distinct)
      for (const key of keys) this.#times.set(key, this.timesOf(key) + times);
    for (const [prefixes, { line, times }] of this.distinct) this.#group(prefixes, line, times);
  }

  timesOf(key: number): number {
    return this.#times.get(key) ?? 0;
  }

  /** The ends up to which a request is like others, each shared by fewer than the one before. */
  sharedEnds({ keys }: CachePrefixes): number[] {
    const shared: number[] = [];
    for (let end = 0; end < keys.length; end++) {
      const times = this.timesOf(keys[end]!);
      const next = keys[end + 1];
      if (times > 1 && (next === undefined || this.timesOf(next) < times)) shared.push(end);
    }
    return shared;
  }

  #group(prefixes: CachePrefixes, line: number, times: number): void {
    const { shape, keys } = prefixes;
    const within: number[] = [];
    let from = 0;
    for (const end of this.sharedEnds(prefixes)) {
      const key = keys[end]!;
      const group = this.groups.get(key) ?? newCandidate(prefixes, { from, end }, line, [...within]);
      this.groups.set(key, group);
      addTo(group, prefixes, shape.ends[end]!, { line, times });
      within.push(key);
      from = end + 1;
    }
  }
}

function newCandidate(
  { shape, keys, tokens }: CachePrefixes,
  { from, end }: { readonly from: number; readonly end: number },
  line: number,
  within: readonly number[],
): Candidate {
  const parts = shape.ends.slice(from, end + 1).map(({ path }, i) => ({
    above: keys[from + i - 1] ?? shape.root,
    key: keys[from + i]!,
    path,
  }));
  return {
    key: keys[end]!,
    parts,
    settings: shape.settings,
    path: shape.ends[end]!.path,
    depth: end,
    within,
    model: shape.model,
    inUs: shape.inUs,
    tokens: tokens[end]!,
    line,
    requests: 0,
    unmarked: 0,
    firstUnmarked: line,
    kinds: new Map(),
  };
}

function addTo(
  group: Candidate,
  { shape, isLong }: CachePrefixes,
  { ttl }: PrefixEnd,
  { line, times }: { readonly line: number; readonly times: number },
): void {
  const kind: Kind = `${isLong ? 'long' : 'usual'} ${ttl ?? CACHE_TTL}`;
  group.kinds.set(kind, (group.kinds.get(kind) ?? 0) + times);
  group.requests += times;
  if (ttl !== null || shape.marks >= MAX_CACHE_BREAKPOINTS) return;
  if (group.unmarked === 0) group.firstUnmarked = line;
  group.unmarked += times;
}

/** Always added up in the same order, whichever lines come first. */
export const KINDS: readonly Kind[] = ['usual 1h', 'usual 5m', 'long 1h', 'long 5m'];
