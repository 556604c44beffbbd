import {
  type Beginnings,
  beginningsAlone,
  beginningsFrom,
  type CachePrefixes,
  type CommonStart,
  commonStart,
  type RestOfRequest,
  restOf,
} from '../cost/cache-prefixes';
import type { Model } from '../cost/models';
import type { GrowingHash } from '../cost/text-hash';
import type { InputParts } from '../cost/tokens';
import type { Json, JsonObject } from '../json';
import { utf8Text } from '../utf8';
import { addWritten } from './escapes';
import type { LineBytes } from './line-reader';
import type { Outline } from './outline';

/** Beginnings that are known at most. */
const MOST_KNOWN = 1 << 10;

/** What the lines of one template begin with. They differ in the system prompt alone, and most lines have the same. */
export class TemplatePrefixes {
  /** By whether the request is long, and by the last key: those of two lines that begin alike are the same object. */
  readonly #known = [new Map<number, CachePrefixes>(), new Map<number, CachePrefixes>()] as const;
  readonly #last = [new Seen(), new Seen()] as const;
  readonly #rest: RestOfRequest;
  /** Of the line that was learned from. */
  readonly #first: Beginnings | undefined;
  readonly #start: CommonStart | undefined;

  /** `params` are those of any such line. */
  constructor(
    private readonly params: JsonObject,
    private readonly model: Model,
    private readonly calibration: InputParts['calibration'],
  ) {
    this.#rest = restOf(params);
    this.#first = beginningsAlone(params, model, this.#rest, calibration);
    this.#start = commonStart(params, model, this.#rest, calibration);
  }

  /** Of a line with this outline. */
  of(outline: Outline, line: LineBytes, isLong: boolean): CachePrefixes | undefined {
    if (!this.#first) return undefined;
    const last = this.#last[isLong ? 1 : 0];
    const { systemFrom, systemTo } = outline;
    if (!last.isAt(line.memory, systemFrom, systemTo)) {
      const { systemTexts } = outline;
      const isCommon = this.#start && 4 * this.#start.texts === systemTexts.length;
      const beginnings = isCommon
        ? beginningsFrom(this.#start, this.#first, (text, hash) => added(systemTexts, 4 * text, line, hash))
        : this.#beginnings(utf8Text(line.memory, systemFrom, systemTo));
      last.keep(line.memory, systemFrom, systemTo, beginnings && this.#one({ ...beginnings, isLong }));
    }
    return last.prefixes;
  }

  /** The one of those that are the same. */
  #one(prefixes: CachePrefixes): CachePrefixes {
    const known = this.#known[prefixes.isLong ? 1 : 0];
    const key = prefixes.keys.at(-1)!;
    const found = known.get(key);
    if (found && isSame(found, prefixes)) return found;
    if (known.size === MOST_KNOWN) known.clear();
    known.set(key, prefixes);
    return prefixes;
  }

  #beginnings(written: string): Beginnings | undefined {
    const params = written === '' ? this.params : { ...this.params, system: JSON.parse(written) as Json };
    return beginningsAlone(params, this.model, this.#rest, this.calibration);
  }
}

/** Adds a text of the system prompt to the hash, and says what it weighs with those before it. */
function added(texts: readonly number[], at: number, { memory }: LineBytes, hash: GrowingHash) {
  addWritten(hash, memory, texts[at]!, texts[at + 1]!);
  return { weight: texts[at + 2]!, foreign: texts[at + 3]!, system: texts[at + 2]!, frames: 0 };
}

function isSame(one: CachePrefixes, other: CachePrefixes): boolean {
  return (
    one.shape === other.shape &&
    one.keys.every((key, end) => key === other.keys[end]) &&
    one.tokens.every(({ low, expected, high }, end) => {
      const tokens = other.tokens[end]!;
      return low === tokens.low && expected === tokens.expected && high === tokens.high;
    })
  );
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
