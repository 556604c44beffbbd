import type { Path } from '../finding';
import type { PrefixGroup } from './cache-lens';
import type { SharedStarts } from './shared-starts';
import type { Start, Stem } from './stem';

/** A request that begins as many others do, but not as far as they do. */
export interface PrefixDeviation {
  /** 0-based. */
  readonly line: number;
  /** Of the part that is another. */
  readonly path: Path;
  readonly group: PrefixGroup;
}

type Deviation = Omit<PrefixDeviation, 'line'>;

/** What most requests go on with. */
interface Expected {
  readonly stem: Stem;
  readonly group: PrefixGroup;
}

/** Those that are few beside the group that they differ from: many are of another kind. */
export function deviationsFrom(groups: ReadonlyMap<Stem, PrefixGroup>, starts: SharedStarts): PrefixDeviation[] {
  const found = new Map<Start, Deviation>();
  const times = new Map<PrefixGroup, number>();
  for (const [start, deviation] of deviatingStarts(groups)) {
    found.set(start, deviation);
    times.set(deviation.group, (times.get(deviation.group) ?? 0) + start.requests);
  }
  const few = [...found].filter(([, { group }]) => 2 * times.get(group)! < group.requests);
  const listed = new Map(few);
  return Array.from(starts.linesOf(listed.keys()), ({ line, start }) => ({ line, ...listed.get(start)! }));
}

function* deviatingStarts(groups: ReadonlyMap<Stem, PrefixGroup>): Generator<[Start, Deviation]> {
  const expected = expectedAfter(groups);
  for (const [stem, next] of expected) {
    const isDecided = [...stem.downwards()].some((each) => groups.has(each) || isOther(each, expected));
    if (isDecided) continue;
    for (const branch of stem.branches.values()) {
      if (branch === next.stem) continue;
      for (const start of startsOutside(branch, groups)) {
        const path = deviationOf(start, branch, next);
        if (path) yield [start, { path, group: next.group }];
      }
    }
  }
}

/** By what stands before it. */
function expectedAfter(groups: ReadonlyMap<Stem, PrefixGroup>): ReadonlyMap<Stem, Expected> {
  const expected = new Map<Stem, Expected>();
  for (const [shared, group] of groups)
    for (const stem of shared.downwards()) {
      // From here on it is what more requests share.
      if (stem !== shared && stem.isShared) break;
      const after = stem.below!;
      if ((expected.get(after)?.group.requests ?? 0) < group.requests) expected.set(after, { stem, group });
    }
  return expected;
}

/** Whether most go on with something else. */
function isOther(stem: Stem, expected: ReadonlyMap<Stem, Expected>): boolean {
  const next = expected.get(stem.below!);
  return next !== undefined && next.stem !== stem;
}

function* startsOutside(stem: Stem, groups: ReadonlyMap<Stem, PrefixGroup>): Generator<Start> {
  if (groups.has(stem)) return;
  yield* stem.starts;
  for (const branch of stem.branches.values()) yield* startsOutside(branch, groups);
}

/** Where it is another; undefined where it is something else altogether. */
function deviationOf({ prefixes: { shape } }: Start, { end }: Stem, { stem, group }: Expected): Path | undefined {
  const { path } = shape.ends[end]!;
  const isAlike = group.settings === shape.settings && isSamePart(stem.prefixes.shape.ends[stem.end]!.path, path);
  if (!isAlike) return undefined;
  // Of tools any may be another, not only the last.
  return path[1] === 'tools' ? path.slice(0, 2) : path;
}

/** A string and the first block that stands in its stead are the same part, and so are all tools. */
function isSamePart(one: Path, other: Path): boolean {
  if (one[1] === 'tools') return other[1] === 'tools';
  const [long, short] = one.length < other.length ? [other, one] : [one, other];
  return short.every((step, i) => step === long[i]) && long.slice(short.length).every((step) => step === 0);
}
