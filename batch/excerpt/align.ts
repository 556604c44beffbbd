/** Two sequences that differ in more places than this are held to have nothing in common between their first and last difference. */
const MOST_DIFFERENCES = 1000;

/**
 * Which items of `before` are still there: for each item of `after` the index of the one in `before` that it is, ascending,
 * or undefined for a new one. As few items as can be are new (Myers, "An O(ND) Difference Algorithm", 1986).
 */
export function align(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const shift = before.length - after.length;
  const aligned = after.map((_, i) => (i < head ? i : i >= after.length - tail ? i + shift : undefined));
  const between = new Grid(before.slice(head, before.length - tail), after.slice(head, after.length - tail)).common();
  for (const [inBefore, inAfter] of between) aligned[head + inAfter] = head + inBefore;
  return aligned;
}

/** How far into `before` the diagonals -d … d lead with d differences; -1 for those that lead nowhere. */
type Reached = Int32Array;

class Grid {
  /** By number of differences. */
  readonly #reached: Reached[] = [];

  constructor(
    private readonly before: readonly string[],
    private readonly after: readonly string[],
  ) {}

  /** A longest common subsequence as pairs of indices, last first; none where it is too far to go. */
  common(): [number, number][] {
    const end = this.before.length - this.after.length;
    for (let d = 0; d <= MOST_DIFFERENCES; d++) {
      this.#reached.push(this.#reach(d));
      if (Math.abs(end) <= d && this.#at(d, end) === this.before.length) return this.#pathBack(d);
    }
    return [];
  }

  #reach(d: number): Reached {
    const reached = new Int32Array(2 * d + 1).fill(-1);
    for (let diagonal = -d; diagonal <= d; diagonal += 2) {
      let x = this.#begin(d, diagonal).x;
      while (x >= 0 && x < this.before.length && this.before[x] === this.after[x - diagonal]) x++;
      reached[d + diagonal] = x;
    }
    return reached;
  }

  /** Where a diagonal begins after its last difference: an item of `before` that went, or one of `after` that came. */
  #begin(d: number, diagonal: number): { readonly x: number; readonly went: boolean } {
    if (d === 0) return { x: 0, went: false };
    const left = this.#at(d - 1, diagonal - 1);
    const above = this.#at(d - 1, diagonal + 1);
    const went = left >= 0 && left < this.before.length ? left + 1 : -1;
    const came = above >= 0 && above - diagonal <= this.after.length ? above : -1;
    return went >= came ? { x: went, went: true } : { x: came, went: false };
  }

  #at(d: number, diagonal: number): number {
    return this.#reached[d]?.[d + diagonal] ?? -1;
  }

  #pathBack(differences: number): [number, number][] {
    const pairs: [number, number][] = [];
    let [x, y] = [this.before.length, this.after.length];
    for (let d = differences; d >= 0; d--) {
      const begin = this.#begin(d, x - y);
      while (x > begin.x) pairs.push([--x, --y]);
      if (begin.went) x--;
      else y--;
    }
    return pairs;
  }
}
