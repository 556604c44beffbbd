import { MAX_CACHE_BREAKPOINTS } from '../limits';
import type { CachePrefixes, PrefixShape } from './cache-prefixes';
import { CACHE_TTL } from './cache-savings';

/** By kind of request: priced by the model's first tier or above, with the prefix kept for an hour or five minutes. */
export type Kind = `${'long' | 'usual'} ${'1h' | '5m'}`;

/** Always added up in the same order, whichever lines come first. */
export const KINDS: readonly Kind[] = ['usual 1h', 'usual 5m', 'long 1h', 'long 5m'];

/** Requests that begin the same up to the last end, marks included. */
export interface Start {
  readonly number: number;
  readonly prefixes: CachePrefixes;
  /** The longest of its beginnings. */
  readonly top: Stem;
  requests: number;
}

/** All that is sent up to one of the ends of a request, and how many requests send it. */
export class Stem {
  requests = 0;
  /** How many of them do not mark its end, and have room for a mark. */
  unmarked = 0;
  /** How many are of each of `KINDS`. */
  readonly kinds: number[] = KINDS.map(() => 0);
  /** What requests go on with, by key. */
  readonly branches = new Map<number, Stem>();
  /** Those that end here. */
  readonly starts: Start[] = [];

  constructor(
    readonly key: number,
    /** What it goes on from; undefined where nothing but the model is sent yet. */
    readonly below: Stem | undefined,
    /** Of one of the requests. */
    readonly prefixes: CachePrefixes,
    /** The number of its end there, or -1. */
    readonly end: number,
  ) {}

  /** Whether several requests have it that do not all go on in the same way. */
  get isShared(): boolean {
    if (this.requests < 2) return false;
    for (const { requests } of this.branches.values()) return requests < this.requests;
    return true;
  }

  /** It and those that it goes on from, the longest first. */
  *downwards(): Generator<Stem> {
    for (let stem: Stem = this; stem.below; stem = stem.below) yield stem;
  }

  /** Those that have it. */
  *startsWithIt(): Generator<Start> {
    yield* this.starts;
    for (const branch of this.branches.values()) yield* branch.startsWithIt();
  }

  /** So many more requests, or fewer, that begin so. */
  count(prefixes: CachePrefixes, sign: 1 | -1): void {
    const { ttl } = prefixes.shape.ends[this.end]!;
    this.requests += sign;
    this.kinds[(prefixes.isLong ? 2 : 0) + ((ttl ?? CACHE_TTL) === '1h' ? 0 : 1)]! += sign;
    if (isUnmarked(prefixes, this.end)) this.unmarked += sign;
  }
}

/** Whether a mark may be set at this end. */
export function isUnmarked({ shape }: CachePrefixes, end: number): boolean {
  return shape.ends[end]!.ttl === null && shape.marks < MAX_CACHE_BREAKPOINTS;
}

/** Whether two requests have the same ends, with the same marks, for the same price. */
export function areAlike(one: CachePrefixes, other: CachePrefixes): boolean {
  return one === other || (one.isLong === other.isLong && isSameShape(one.shape, other.shape));
}

function isSameShape(one: PrefixShape, other: PrefixShape): boolean {
  if (one === other) return true;
  return (
    one.root === other.root &&
    one.settings === other.settings &&
    one.marks === other.marks &&
    one.ends.length === other.ends.length &&
    one.ends.every(({ path, ttl }, i) => {
      const end = other.ends[i]!;
      return ttl === end.ttl && path.length === end.path.length && path.every((step, at) => step === end.path[at]);
    })
  );
}
