import { Runs } from './runs';

/** What an outline has in the place of a value that lines may differ in. No byte of valid JSON outside of strings is as low. */
export const HOLE = {
  /** What the model reads: it counts how much it weighs, and that it is not blank. */
  text: 1,
  /** The `custom_id`. */
  id: 2,
  /** A short string that no rule looks at. */
  label: 3,
  /** What proves that a thinking block is the API's own. */
  signature: 4,
  /** A number that the model reads. */
  figure: 5,
  /** A name that stands nowhere before, and one that does: names are only compared with each other. */
  name: 6,
  nameAgain: 7,
  maxTokens: 8,
  temperature: 9,
  /** The data of an image, of which all that matters stands behind it. */
  picture: 10,
} as const;

/** Where a hole of a line is, in bytes of the memory that the line was read from. */
export interface Span {
  readonly hole: number;
  readonly from: number;
  readonly to: number;
  /** Of a name: its position among the names of the line. */
  readonly name: number;
  /** Of what the model reads: the sum that it is part of. */
  readonly sum: number;
  /** Of a picture: all that matters of it. */
  readonly said: string;
}

/** What is done between holes: to the sums, or to keep a place in mind. */
export const ACT = {
  systemBegins: 1,
  systemEnds: 2,
  /** All that was read of the system prompt, or of the messages, stands before a cache mark. */
  markSystem: 3,
  markMessages: 4,
  /** Thinking before what a person says is not read again. */
  forgetThinking: 5,
} as const;

/** Where it is done, in bytes of the memory: the byte before was read. */
export interface Done {
  readonly act: number;
  readonly at: number;
}

/** What the sums of an outline are of, in thousandths of a token; the next one is as much of it as lies beyond ASCII. */
export const SUM = {
  system: 0,
  messages: 2,
  /** Thinking that the model reads again, which is that of the last turn. */
  thinking: 4,
  /** What stands before the last cache mark of each. */
  markedSystem: 6,
  markedMessages: 8,
} as const;

const NO_SUMS: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

function copy(from: readonly number[], to: number[]): void {
  for (let i = 0; i < NO_SUMS.length; i++) to[i] = from[i]!;
}

/** What a hole belongs to. */
interface HoleOf {
  readonly name?: number;
  readonly sum?: number | undefined;
  readonly said?: string;
}

const NOTHING: HoleOf = {};
const FIRST_SIZE = 1 << 12;
/** What one outline may take: a line with a longer one is hardly like any other. */
const LONGEST = 1 << 16;

/**
 * A line without what lines of one program differ in: two lines with the same outline have the same structure, keys and
 * fixed values, whatever their texts are. Filled anew for each line that is read, with what the holes of that one hold.
 */
export class Outline {
  length = 0;
  customId: string | undefined;
  maxTokens = Number.NaN;
  temperature = Number.NaN;
  /** Where the value of `system` is in the memory; nowhere where there is none. */
  systemFrom = 0;
  systemTo = 0;
  /** Of each text in there four numbers: where it is, from and to, and the sums up to its end. */
  readonly systemTexts: number[] = [];
  /** In the order of their first places. */
  readonly names: string[] = [];
  readonly sums: number[] = [...NO_SUMS];
  /** Where its holes are, and what was done between them, is only noted where one asks for it. */
  isTraced = false;
  readonly spans: Span[] = [];
  readonly done: Done[] = [];
  readonly runs = new Runs(this);
  #bytes = new Uint8Array(FIRST_SIZE);
  #words = new Int32Array(this.#bytes.buffer);
  #lastAgain = -1;
  readonly #kept = { length: 0, names: 0, spans: 0, done: 0, texts: 0, runs: 0, lastAgain: 0, sums: [...NO_SUMS] };

  clear(): void {
    this.length = 0;
    this.customId = undefined;
    this.systemFrom = 0;
    this.systemTo = 0;
    this.maxTokens = Number.NaN;
    this.temperature = Number.NaN;
    if (this.names.length > 0) this.names.length = 0;
    if (this.systemTexts.length > 0) this.systemTexts.length = 0;
    this.#lastAgain = -1;
    copy(NO_SUMS, this.sums);
    if (this.spans.length > 0) this.spans.length = 0;
    if (this.done.length > 0) this.done.length = 0;
    this.runs.clear();
  }

  /** Keeps in mind how far it is. */
  keep(): void {
    const kept = this.#kept;
    kept.length = this.length;
    kept.names = this.names.length;
    kept.spans = this.spans.length;
    kept.done = this.done.length;
    kept.texts = this.systemTexts.length;
    kept.runs = this.runs.found.length;
    kept.lastAgain = this.#lastAgain;
    copy(this.sums, kept.sums);
  }

  /** Becomes what it was when it was last kept. */
  goBack(): void {
    const kept = this.#kept;
    this.length = kept.length;
    this.names.length = kept.names;
    this.spans.length = kept.spans;
    this.done.length = kept.done;
    this.systemTexts.length = kept.texts;
    this.runs.found.length = kept.runs;
    this.#lastAgain = kept.lastAgain;
    copy(kept.sums, this.sums);
  }

  get isTooLong(): boolean {
    return this.length > LONGEST;
  }

  add(byte: number): void {
    if (this.length === this.#bytes.length) this.#grow();
    this.#bytes[this.length++] = byte;
  }

  addFrom(memory: DataView, from: number, to: number): void {
    for (let at = from; at < to; at++) this.add(memory.getUint8(at));
  }

  /** `from` and `to` are where it is, `of` the sum or the name that it belongs to. */
  addHole(hole: number, from: number, to: number, { name = -1, sum = -1, said = '' }: HoleOf = NOTHING): void {
    this.add(hole);
    for (let i = 0; i < said.length; i++) this.add(said.charCodeAt(i));
    if (this.isTraced) this.spans.push({ hole, from, to, name, sum, said });
  }

  /** Adds to the sum of what was read. */
  addWeight(sum: number, weight: number, foreign: number): void {
    this.sums[sum]! += weight;
    this.sums[sum + 1]! += foreign;
  }

  /** The same of a text at [from, to). */
  addText(sum: number, from: number, to: number, weight: number, foreign: number): void {
    this.addWeight(sum, weight, foreign);
    if (sum === SUM.system) this.systemTexts.push(from, to, this.sums[sum]!, this.sums[sum + 1]!);
  }

  /** Does what is to be done at this place. */
  do(act: number, at: number): void {
    if (this.isTraced) this.done.push({ act, at });
    const { sums } = this;
    if (act === ACT.systemBegins) this.systemFrom = at;
    else if (act === ACT.systemEnds) this.systemTo = at;
    else
      for (const i of [0, 1]) {
        if (act === ACT.markSystem) sums[SUM.markedSystem + i] = sums[SUM.system + i]!;
        else if (act === ACT.forgetThinking) sums[SUM.thinking + i] = 0;
        else sums[SUM.markedMessages + i] = sums[SUM.messages + i]! + sums[SUM.thinking + i]!;
      }
  }

  /** A name that comes again is written as how far it is from the one that came again before it. */
  addName(name: string, from: number, to: number): void {
    const known = this.names.indexOf(name);
    if (known < 0) {
      this.addHole(HOLE.name, from, to, { name: this.names.push(name) - 1 });
      return;
    }
    this.addHole(HOLE.nameAgain, from, to, { name: known });
    const distance = known - this.#lastAgain;
    this.add(distance & 0xff);
    this.add((distance >> 8) & 0xff);
    this.#lastAgain = known;
    this.runs.noteAgain(known);
  }

  /** Whether its bytes [a, a + length) are those of [b, b + length). */
  repeats(a: number, b: number, length: number): boolean {
    const bytes = this.#bytes;
    for (let i = length - 1; i >= 0; i--) if (bytes[a + i] !== bytes[b + i]) return false;
    return true;
  }

  hash(): number {
    const end = this.#padded();
    const words = this.#words;
    let hash = this.length;
    for (let i = 0; i < end; i++) hash = Math.imul(hash ^ words[i]!, 0x5bd1e995) ^ (hash >>> 15);
    return hash;
  }

  /** A copy of its bytes, as words. */
  copied(): Int32Array {
    const end = this.#padded();
    return this.#words.slice(0, end);
  }

  /** Whether its bytes are those that were copied of another. */
  equals(copied: Int32Array): boolean {
    if (copied.length !== this.#padded()) return false;
    const words = this.#words;
    for (let i = 0; i < copied.length; i++) if (words[i] !== copied[i]) return false;
    return true;
  }

  /** Its length in words, of which the last is filled up with zeros. */
  #padded(): number {
    const words = (this.length + 3) >> 2;
    if (words << 2 > this.#bytes.length) this.#grow();
    for (let at = this.length; at < words << 2; at++) this.#bytes[at] = 0;
    return words;
  }

  #grow(): void {
    const bytes = new Uint8Array(2 * this.#bytes.length);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
    this.#words = new Int32Array(bytes.buffer);
  }
}
