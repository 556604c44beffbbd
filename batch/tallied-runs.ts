import { addTally, type Tally } from './tally';

/** Lines of a run when it is made; it is cut when it has grown to twice as many. */
const LENGTH = 512;

interface Run {
  readonly length: number;
  /** Made when it is wanted. */
  tally: Tally | undefined;
}

/**
 * The lines of a document in runs that remember their sums: a change costs those of the run it is in, and the sum of the
 * sums. `sum` adds up the lines [from, to).
 */
export class TalliedRuns {
  readonly #runs: Run[];
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
    runs.splice(first, end - first, ...cut(to - from - removed + added));
    this.#total = undefined;
  }

  /** The sums over all lines. Nothing may be added to it. */
  get total(): Tally {
    this.#total ??= this.#sumOfSums();
    return this.#total;
  }

  #sumOfSums(): Tally {
    const total = this.sum(0, 0);
    let from = 0;
    for (const run of this.#runs) {
      run.tally ??= this.sum(from, from + run.length);
      addTally(total, run.tally);
      from += run.length;
    }
    return total;
  }
}

function cut(lines: number): Run[] {
  const runs: Run[] = [];
  for (let left = lines; left > 0; left -= runs.at(-1)!.length)
    runs.push({ length: left < 2 * LENGTH ? left : LENGTH, tally: undefined });
  return runs;
}
