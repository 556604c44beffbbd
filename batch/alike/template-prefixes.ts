import {
  type Beginnings,
  beginningsAlone,
  type CachePrefixes,
  type RestOfRequest,
  restOf,
} from '../cost/cache-prefixes';
import type { Model } from '../cost/models';
import type { InputParts } from '../cost/tokens';
import type { Json, JsonObject } from '../json';
import { utf8Text } from '../utf8';
import type { LineBytes } from './line-reader';
import type { Outline } from './outline';

/** Beginnings that are known at most. */
const MOST_KNOWN = 64;

/** What the lines of one template begin with. They differ in the system prompt alone, and most lines have the same. */
export class TemplatePrefixes {
  /** By whether the request is long, and by the system prompt as it is written. */
  readonly #known = [new Map<string, CachePrefixes>(), new Map<string, CachePrefixes>()] as const;
  readonly #last = [new Seen(), new Seen()] as const;

  readonly #rest: RestOfRequest;

  /** `params` are those of any such line. */
  constructor(
    private readonly params: JsonObject,
    private readonly model: Model,
    private readonly calibration: InputParts['calibration'],
  ) {
    this.#rest = restOf(params);
  }

  /** Of a line with this outline. */
  of({ systemFrom, systemTo }: Outline, { memory }: LineBytes, isLong: boolean): CachePrefixes | undefined {
    const side = isLong ? 1 : 0;
    const last = this.#last[side];
    if (!last.isAt(memory, systemFrom, systemTo)) {
      const written = utf8Text(memory, systemFrom, systemTo);
      last.keep(memory, systemFrom, systemTo, this.#of(written, isLong));
    }
    return last.prefixes;
  }

  #of(written: string, isLong: boolean): CachePrefixes | undefined {
    const known = this.#known[isLong ? 1 : 0];
    const found = known.get(written);
    if (found) return found;
    const beginnings = this.#beginnings(written);
    if (!beginnings) return undefined;
    if (known.size === MOST_KNOWN) known.clear();
    const prefixes = { ...beginnings, isLong };
    known.set(written, prefixes);
    return prefixes;
  }

  #beginnings(written: string): Beginnings | undefined {
    const params = written === '' ? this.params : { ...this.params, system: JSON.parse(written) as Json };
    return beginningsAlone(params, this.model, this.#rest, this.calibration);
  }
}

/** The system prompt of the line before. */
class Seen {
  prefixes: CachePrefixes | undefined;
  #bytes = new DataView(new ArrayBuffer(0));
  #length = -1;

  /** Eight bytes at a time. None of those that make no number is in UTF-8, and were one, it would count as another. */
  isAt(memory: DataView, from: number, to: number): boolean {
    const bytes = this.#bytes;
    const length = this.#length;
    if (to - from !== length) return false;
    let i = 0;
    for (; i + 8 <= length; i += 8) if (memory.getFloat64(from + i) !== bytes.getFloat64(i)) return false;
    for (; i < length; i++) if (memory.getUint8(from + i) !== bytes.getUint8(i)) return false;
    return true;
  }

  keep(memory: DataView, from: number, to: number, prefixes: CachePrefixes | undefined): void {
    const length = to - from;
    if (this.#bytes.byteLength < length) this.#bytes = new DataView(new ArrayBuffer(2 * length));
    new Uint8Array(this.#bytes.buffer).set(new Uint8Array(memory.buffer, memory.byteOffset + from, length));
    this.#length = length;
    this.prefixes = prefixes;
  }
}
