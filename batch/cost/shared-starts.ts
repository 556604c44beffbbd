import { withReplaced } from '../lines';
import type { CachePrefixes } from './cache-prefixes';
import { areAlike, isUnmarked, type Start, Stem } from './stem';

/** The first line with a stem, and the first that does not mark its end; 0-based. */
export interface FirstLines {
  readonly start: Start;
  readonly line: number;
  unmarked: number | undefined;
}

/** Which lines begin alike, kept up as lines come and go: each costs as many steps as its beginning has ends. */
export class SharedStarts {
  /** The number of each line's start; 0 where nothing of it could be cached. */
  #lines: number[] = [];
  /** By number; 0 is none. */
  readonly #starts: (Start | undefined)[] = [undefined];
  readonly #free: number[] = [];
  readonly #roots = new Map<number, Stem>();
  readonly #stems = new Map<number, Stem>();
  readonly #worth = new Set<Stem>();
  /** Those that one request alone has, and marks: what it writes there nobody reads. */
  readonly #unread = new Set<Stem>();
  #last: Start | undefined;

  /** `isWorth` says of a stem whether it is to be looked at once several requests have it. */
  constructor(private readonly isWorth: (stem: Stem) => boolean) {}

  /** Those that several requests have and that are worth a look. */
  get worth(): Iterable<Stem> {
    return this.#worth;
  }

  /** Those that are worth a look, and that one request alone has and marks. */
  get unread(): Iterable<Stem> {
    return this.#unread;
  }

  /** From line `first` on, so many went and these came. Returns whether that makes any difference to other lines. */
  splice(first: number, removed: number, added: readonly (CachePrefixes | undefined)[]): boolean {
    const unread = this.#unread.size;
    const before = this.#lines.slice(first, first + removed).map((number) => this.#starts[number]);
    const after = added.map((prefixes) => prefixes && this.#add(prefixes));
    for (const start of before) if (start) this.#remove(start);
    const numbers = after.map((start) => start?.number ?? 0);
    this.#lines = withReplaced(this.#lines, first, first + removed, numbers);
    const isSame = before.length === after.length && before.every((start, i) => this.#isSameToOthers(start, after[i]));
    return !isSame || this.#unread.size !== unread;
  }

  /** Where each of these stems, which requests have, comes first; also those that do not mark it, where there are any. */
  firstLines(stems: ReadonlySet<Stem>): ReadonlyMap<Stem, FirstLines> {
    const found = new Map<Stem, FirstLines>();
    const seen = new Uint8Array(this.#starts.length);
    let left = 0;
    for (const { unmarked } of stems) left += unmarked > 0 ? 2 : 1;
    for (let line = 0; left > 0; line++) {
      const number = this.#lines[line]!;
      if (number === 0 || seen[number] === 1) continue;
      seen[number] = 1;
      left -= addFirst(found, stems, this.#starts[number]!, line);
    }
    return found;
  }

  /** The lines of some starts, with which it is; 0-based. */
  *linesOf(starts: Iterable<Start>): Generator<{ readonly line: number; readonly start: Start }> {
    const isMeant = new Uint8Array(this.#starts.length);
    let left = 0;
    for (const { number, requests } of starts) {
      isMeant[number] = 1;
      left += requests;
    }
    for (let line = 0; left > 0; line++) {
      const number = this.#lines[line]!;
      if (isMeant[number] === 0) continue;
      left--;
      yield { line, start: this.#starts[number]! };
    }
  }

  #add(prefixes: CachePrefixes): Start {
    const start = this.#last?.prefixes === prefixes ? this.#last : this.#startOf(prefixes);
    this.#last = start;
    start.requests++;
    for (const stem of start.top.downwards()) {
      stem.count(prefixes, 1);
      if (stem.requests === 2 && this.isWorth(stem)) this.#worth.add(stem);
      this.#noteUnread(stem, start);
    }
    return start;
  }

  #remove(start: Start): void {
    start.requests--;
    for (const stem of start.top.downwards()) {
      stem.count(start.prefixes, -1);
      if (stem.requests === 1) this.#worth.delete(stem);
      const [left] = stem.requests === 1 ? onesWith(stem) : [];
      this.#noteUnread(stem, left);
      if (stem.requests > 0) continue;
      this.#stems.delete(stem.key);
      stem.below!.branches.delete(stem.key);
    }
    if (start.requests > 0) return;
    const { starts } = start.top;
    starts.splice(starts.indexOf(start), 1);
    this.#starts[start.number] = undefined;
    this.#free.push(start.number);
    if (this.#last === start) this.#last = undefined;
  }

  /** `start` is the one that has it, where there is one alone. */
  #noteUnread(stem: Stem, start: Start | undefined): void {
    const isMarked = start && start.prefixes.shape.ends[stem.end]!.ttl !== null;
    if (stem.requests === 1 && isMarked && this.isWorth(stem)) this.#unread.add(stem);
    else this.#unread.delete(stem);
  }

  #startOf(prefixes: CachePrefixes): Start {
    const top = this.#stemsOf(prefixes);
    const known = top.starts.find((start) => areAlike(start.prefixes, prefixes));
    if (known) return known;
    const start = { number: this.#free.pop() ?? this.#starts.length, prefixes, top, requests: 0 };
    this.#starts[start.number] = start;
    top.starts.push(start);
    return start;
  }

  /** Makes those that are new; returns the longest. */
  #stemsOf(prefixes: CachePrefixes): Stem {
    const { root } = prefixes.shape;
    let stem = this.#roots.get(root) ?? new Stem(root, undefined, prefixes, -1);
    this.#roots.set(root, stem);
    for (const [end, key] of prefixes.keys.entries()) {
      const next = this.#stems.get(key) ?? new Stem(key, stem, prefixes, end);
      this.#stems.set(key, next);
      next.below!.branches.set(key, next);
      stem = next;
    }
    return stem;
  }

  /** It shares with them what it shared, and the rest with none. */
  #isSameToOthers(before: Start | undefined, after: Start | undefined): boolean {
    if (before === after) return true;
    if (!before || !after || !areAlike(before.prefixes, after.prefixes)) return false;
    return before.prefixes.keys.every((key, end) => {
      const now = after.prefixes.keys[end]!;
      return key === now || (!this.#stems.has(key) && this.#stems.get(now)?.requests === 1);
    });
  }
}

/** Adds what a line that starts so is the first of; returns how much that is. */
function addFirst(found: Map<Stem, FirstLines>, stems: ReadonlySet<Stem>, start: Start, line: number): number {
  let added = 0;
  for (const stem of start.top.downwards()) {
    if (!stems.has(stem)) continue;
    const first = found.get(stem) ?? { start, line, unmarked: undefined };
    if (!found.has(stem)) added++;
    found.set(stem, first);
    if (first.unmarked !== undefined || !isUnmarked(start.prefixes, stem.end)) continue;
    first.unmarked = line;
    added++;
  }
  return added;
}

/** The starts with a stem that requests still have. */
function* onesWith(stem: Stem): Generator<Start> {
  for (const start of stem.startsWithIt()) if (start.requests > 0) yield start;
}
