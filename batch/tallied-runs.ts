import { addTally, type Tally } from './tally';

/** Lines of a run when it is made; it is cut when it has grown to twice as many. */
const LENGTH = 128;
/** Runs of a group. */
const GROUP = 32;

interface Run {
  readonly length: number;
  /** Made when it is wanted. */
  tally: Tally | undefined;
}

/**
 * The lines of a document in runs that remember their sums, and those in groups that do: a change costs the lines of the
 * run it is in, the sums of its group's runs and the sums of the groups. `sum` adds up the lines [from, to).
 */
export class TalliedRuns {
  readonly #runs: Run[];
  /** Made when they are wanted. */
  readonly #groups: (Tally | undefined)[] = [];
  #total: Tally | undefined;

  constructor(
    lines: number,
    private readonly sum: (from: number, to: number) => Tally,
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
    const anew = cut(to - from - removed + added);
    runs.splice(first, end - first, ...anew);
    this.#forget(first, anew.length === end - first ? end : Infinity);
  }

  /** The sums over all lines. Nothing may be added to it. */
  get total(): Tally {
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

  #sumOfGroups(): Tally {
    const total = this.sum(0, 0);
    let from = 0;
    for (let group = 0; group * GROUP < this.#runs.length; group++) {
      const runs = this.#runs.slice(group * GROUP, (group + 1) * GROUP);
      this.#groups[group] ??= this.#sumOfRuns(runs, from);
      addTally(total, this.#groups[group]!);
      for (const { length } of runs) from += length;
    }
    return total;
  }

  /** The first of them begins with line `from`. */
  #sumOfRuns(runs: readonly Run[], from: number): Tally {
    const sum = this.sum(0, 0);
    for (const run of runs) {
      run.tally ??= this.sum(from, from + run.length);
      addTally(sum, run.tally);
      from += run.length;
    }
    return sum;
  }
}

function cut(lines: number): Run[] {
  const runs: Run[] = [];
  for (let left = lines; left > 0; left -= runs.at(-1)!.length)
    runs.push({ length: left < 2 * LENGTH ? left : LENGTH, tally: undefined });
  return runs;
}
