import { readSync } from 'node:fs';

/** Bytes [from, to) of a file, which are whole lines with their terminators. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Large enough to make the calls rare, small enough to stay in a cache. */
const RANGE_BYTES = 1 << 20;
const GLANCE_BYTES = 1 << 14;
const LF = 0x0a;
const CR = 0x0d;

/** Cuts an open file of `size` bytes into ranges, looking only where they end. A line is never cut, however long it is. */
export class LineRanges {
  #from = 0;
  readonly #glance = Buffer.allocUnsafe(GLANCE_BYTES);

  constructor(
    private readonly file: number,
    private readonly size: number,
  ) {}

  /** The next range; undefined where the file ends. Throws what the file system throws. */
  next(): LineRange | undefined {
    const from = this.#from;
    if (from >= this.size) return undefined;
    this.#from = this.#endOfLine(from + RANGE_BYTES);
    return { from, to: this.#from };
  }

  /** Behind the first terminator that ends behind `at`, or where the file ends. */
  #endOfLine(at: number): number {
    for (let start = at; start < this.size; ) {
      const bytes = readSync(this.file, this.#glance, 0, GLANCE_BYTES, start);
      const seen = this.#glance.subarray(0, bytes);
      const end = firstBreak(seen);
      if (seen[end] === LF) return start + end + 1;
      if (end + 1 < bytes) return start + end + (seen[end + 1] === LF ? 2 : 1);
      // What comes next is not seen yet: a LF may belong to this CR.
      if (bytes <= 1) break;
      start += end;
    }
    return this.size;
  }
}

/** Where the first LF or CR is; where there is none, the length. */
function firstBreak(bytes: Buffer): number {
  const lf = bytes.indexOf(LF);
  const cr = (lf < 0 ? bytes : bytes.subarray(0, lf)).indexOf(CR);
  return cr >= 0 ? cr : lf >= 0 ? lf : bytes.length;
}
