import { bodyBytes } from './file-findings';
import { MAX_REQUESTS, WARN_BODY_BYTES } from './limits';

/** The most that one batch is to hold. */
export interface BatchLimits {
  readonly requests: number;
  /** Of the create body. */
  readonly bytes: number;
}

/** A request as far as it matters where a file is split. */
export interface Piece {
  /** UTF-8, without a terminator. */
  readonly bytes: number;
  /** The same for requests that are read from one another's cache; null where nothing is cached. */
  readonly prefix: string | null;
}

/** What the API takes. */
export const MOST: BatchLimits = { requests: MAX_REQUESTS, bytes: WARN_BODY_BYTES };

/** Whether so much is more than one batch is to hold. */
export function isOver(size: BatchLimits, limits: BatchLimits): boolean {
  return size.requests > limits.requests || size.bytes > limits.bytes;
}

/**
 * Distributes requests over batches: lists of their numbers, each in order. Requests that share a cached prefix stay
 * together, wherever in the file they are, unless they are more than one batch holds. A request that is too large by
 * itself gets a batch of its own.
 */
export function splitPieces(pieces: readonly Piece[], limits: BatchLimits): number[][] {
  const parts: number[][] = [];
  let part = new Part();
  for (const group of groupsOf(pieces)) {
    const bytes = group.reduce((sum, number) => sum + (pieces[number]?.bytes ?? 0), 0);
    const isWhole = !isOver(part.with(group.length, bytes), limits);
    const fitsAlone = !isOver(new Part().with(group.length, bytes), limits);
    if (!isWhole && fitsAlone) part = part.closedInto(parts);
    for (const number of group) {
      const piece = pieces[number]?.bytes ?? 0;
      if (isOver(part.with(1, piece), limits)) part = part.closedInto(parts);
      part.add(number, piece);
    }
  }
  part.closedInto(parts);
  return parts;
}

/** In the order in which each begins in the file. */
function groupsOf(pieces: readonly Piece[]): number[][] {
  const groups: number[][] = [];
  const byPrefix = new Map<string, number[]>();
  for (const [number, { prefix }] of pieces.entries()) {
    const known = prefix === null ? undefined : byPrefix.get(prefix);
    if (known) {
      known.push(number);
      continue;
    }
    const group = [number];
    groups.push(group);
    if (prefix !== null) byPrefix.set(prefix, group);
  }
  return groups;
}

/** One batch while it is filled. */
class Part {
  readonly #numbers: number[] = [];
  #bytes = 0;

  /** What it would be with so much more. */
  with(requests: number, bytes: number): BatchLimits {
    const all = this.#numbers.length + requests;
    return { requests: all, bytes: bodyBytes({ requests: all, bytes: this.#bytes + bytes }) };
  }

  add(number: number, bytes: number): void {
    this.#numbers.push(number);
    this.#bytes += bytes;
  }

  /** Puts it among the parts, where it holds something, and returns the next one. */
  closedInto(parts: number[][]): Part {
    if (this.#numbers.length === 0) return this;
    parts.push(this.#numbers.sort((a, b) => a - b));
    return new Part();
  }
}
