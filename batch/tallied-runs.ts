/** Lines of a run when it is made; it is cut when it has grown to twice as many. */
const LENGTH = 128;
/** Runs of a group. */
const GROUP = 32;

interface Run<Sum> {
  readonly length: number;
  /** Made when it is wanted. */
  sum: Sum | undefined;
}

/** How lines are added up. */
export interface LineSums<Sum> {
  /** Of the lines [from, to), numbered from 0 on. */
  of(from: number, to: number): Sum;
  /** Adds the sum of the lines that come next; the first of them is line `first` of `sum`. */
  add(sum: Sum, next: Sum, first: number): void;
}

/**
 * The lines of a document in runs that remember their sums, and those in groups that do: a change costs the lines of the
 * run it is in, the sums of its group's runs and the sums of the groups.
 */
export class TalliedRuns<Sum> {
  readonly #runs: Run<Sum>[];
  /** Made when they are wanted. */
  readonly #groups: (Sum | undefined)[] = [];
  #total: Sum | undefined;

  constructor(
    lines: number,
    private readonly sums: LineSums<Sum>,
  ) {
    this.#runs = cut(lines);
  }

  /** From line `start` on, so many lines went and so many came in their stead. */
  splice(start: number, removed: number, added: number): void {
    const runs = this.#runs;
    let first = 0;
    let from = 0;
    for (; first < runs.length - 1 && from + runs[first]!.length <= start; first++) from += runs[first]!.length;
    let end = first;
    let to = from;
    while (end < runs.length && (end === first || to < start + removed)) to += runs[end++]!.length;
    const anew = cut<Sum>(to - from - removed + added);
    runs.splice(first, end - first, ...anew);
    this.#forget(first, anew.length === end - first ? end : Infinity);
  }

  /** The sums over all lines. Nothing may be added to it. */
  get total(): Sum {
    this.#total ??= this.#sumOfGroups();
    return this.#total;
  }

  /** The runs [first, end) are others now. */
  #forget(first: number, end: number): void {
    this.#total = undefined;
    const groups = this.#groups;
    for (let group = Math.floor(first / GROUP); group < Math.min(groups.length, end / GROUP); group++)
      groups[group] = undefined;
  }

  #sumOfGroups(): Sum {
    const total = this.sums.of(0, 0);
    let from = 0;
    for (let group = 0; group * GROUP < this.#runs.length; group++) {
      const runs = this.#runs.slice(group * GROUP, (group + 1) * GROUP);
      this.#groups[group] ??= this.#sumOfRuns(runs, from);
      this.sums.add(total, this.#groups[group]!, from);
      for (const { length } of runs) from += length;
    }
    return total;
  }

  /** The first of them begins with line `first`. */
  #sumOfRuns(runs: readonly Run<Sum>[], first: number): Sum {
    const sum = this.sums.of(0, 0);
    let from = first;
    for (const run of runs) {
      run.sum ??= this.sums.of(from, from + run.length);
      this.sums.add(sum, run.sum, from - first);
      from += run.length;
    }
    return sum;
  }
}

function cut<Sum>(lines: number): Run<Sum>[] {
  const runs: Run<Sum>[] = [];
  for (let left = lines; left > 0; left -= runs.at(-1)!.length)
    runs.push({ length: left < 2 * LENGTH ? left : LENGTH, sum: undefined });
  return runs;
}
