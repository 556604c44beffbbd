import { copyOf, type LineReader } from './line-reader';

/** Bytes up to which a value is short enough to be copied into every outline. */
export const SHORT_VALUE = 64;
/** What is kept at most: values, bytes of all together, and hashes. */
const MOST_VALUES = 256;
const MOST_BYTES = 1 << 22;
const MOST_SEEN = 1 << 14;

/**
 * Long values that lines of a file have in common, such as tools and pictures, by number. One is kept when it is seen for
 * the second time, and then for good: the same bytes always have the same number.
 */
export class KnownValues {
  readonly #values: DataView[] = [];
  /** Their numbers by how they begin. */
  readonly #byHead = new Map<number, number[]>();
  #bytes = 0;
  /** Hashes of those that were seen once. */
  readonly #seen = new Set<number>();

  /** The number of the value that comes next, which is read then; -1 where it is not known. */
  read(reader: LineReader): number {
    for (const number of this.#byHead.get(headOf(reader.memory, reader.at)) ?? NONE)
      if (reader.skip(this.#values[number]!)) return number;
    return -1;
  }

  /** Takes note of a value that is not known and not short. */
  note(memory: DataView, from: number, to: number): void {
    if (this.#values.length === MOST_VALUES || this.#bytes + to - from > MOST_BYTES) return;
    const hash = sampleHash(memory, from, to);
    if (this.#seen.delete(hash)) this.#keep(copyOf(memory, from, to));
    else if (this.#seen.size < MOST_SEEN) this.#seen.add(hash);
  }

  #keep(value: DataView): void {
    const head = headOf(value, 0);
    const numbers = this.#byHead.get(head) ?? [];
    this.#byHead.set(head, numbers);
    numbers.push(this.#values.push(value) - 1);
    this.#bytes += value.byteLength;
  }
}

const NONE: readonly number[] = [];

/** Of the first eight bytes. */
function headOf(memory: DataView, at: number): number {
  return memory.getInt32(at) ^ Math.imul(memory.getInt32(at + 4), 31);
}

/** Of its length, and of bytes all over it. */
function sampleHash(memory: DataView, from: number, to: number): number {
  const step = Math.max(1, (to - from) >> 6);
  let hash = to - from;
  for (let at = from; at < to; at += step) hash = (Math.imul(hash, 31) + memory.getUint8(at)) | 0;
  return hash;
}
