import type { CharacterWeights } from './cost/character-weights';
import { isHighSurrogate, isLowSurrogate, utf8Length } from './utf8';

/** The UTF-8 bytes [from, to) of one line in a larger piece of memory, which ends in so many zeros that no line holds. */
export interface LineBytes {
  readonly memory: DataView;
  readonly from: number;
  readonly to: number;
}

/** Zeros at the end of the memory, so that a glance ahead finds its end. */
export const PADDING = 8;

/**
 * Reads the bytes of one line from left to right, as far as they are what is expected. What stands behind the line does no
 * harm: who has read past its end never comes to stand at it. Here a check spends most of its time.
 */
export class LineReader {
  #memory: DataView = new DataView(new ArrayBuffer(PADDING));
  #at = 0;

  start({ memory, from }: LineBytes): void {
    this.#memory = memory;
    this.#at = from;
  }

  /** The offset of what comes next. */
  get at(): number {
    return this.#at;
  }

  /** Goes back to where it was. */
  set at(at: number) {
    this.#at = at;
  }

  /** The byte that comes next. */
  get next(): number {
    return this.#memory.getUint8(this.#at);
  }

  /** Whether exactly these bytes come next; they are read. */
  skip(expected: DataView): boolean {
    const memory = this.#memory;
    const from = this.#at;
    const length = expected.byteLength;
    let i = 0;
    for (; i + 4 <= length; i += 4) if (memory.getInt32(from + i) !== expected.getInt32(i)) return false;
    for (; i < length; i++) if (memory.getUint8(from + i) !== expected.getUint8(i)) return false;
    this.#at = from + length;
    return true;
  }

  /** Reads the rest of a string up to its closing quote; undefined where it has an escape or more than ASCII. */
  readPlain(): string | undefined {
    const units: number[] = [];
    let at = this.#at;
    for (let byte = this.#memory.getUint8(at); byte !== QUOTE; byte = this.#memory.getUint8(++at)) {
      if (!isPlain(byte)) return undefined;
      units.push(byte);
    }
    this.#at = at;
    return String.fromCharCode(...units);
  }

  /** Reads what may belong to a number. */
  readNumber(): string {
    let written = '';
    for (let byte = this.next; isOfNumber(byte); byte = this.next) {
      written += String.fromCharCode(byte);
      this.#at++;
    }
    return written;
  }

  /**
   * Reads the rest of a string up to its closing quote, and returns what it weighs: as the text that it is or, `asJson`, as
   * `JSON.stringify` writes that. -1 where it is not valid JSON or says nothing that people see.
   */
  readText(weights: CharacterWeights, asJson: boolean): number {
    if (!isVisible(this.#memory, this.#at)) return -1;
    let sum = 0;
    for (;;) {
      sum += this.#readUnescaped(weights);
      if (this.#memory.getUint8(this.#at) === QUOTE) return sum;
      const weight = asJson ? this.#readEscapeAsJson(weights) : this.#readEscape(weights);
      if (weight < 0) return -1;
      sum += weight;
    }
  }

  #readUnescaped({ ofPair, ofByte }: CharacterWeights): number {
    const memory = this.#memory;
    let at = this.#at;
    let sum = 0;
    for (;;) {
      const four = memory.getUint32(at);
      const some = ofPair[four & 0xffff]!;
      const others = ofPair[four >>> 16]!;
      if ((some | others) < 0) break;
      sum += some + others;
      at += 4;
    }
    for (let one = ofByte[memory.getUint8(at)]!; one >= 0; one = ofByte[memory.getUint8(++at)]!) sum += one;
    this.#at = at;
    return sum;
  }

  #readEscape({ ofUnit }: CharacterWeights): number {
    const short = SHORT_ESCAPES[this.#memory.getUint8(this.#at + 1)]!;
    if (short >= 0 && this.#memory.getUint8(this.#at) === BACKSLASH) {
      this.#at += 2;
      return ofUnit[short]!;
    }
    const unit = escapedUnit(this.#memory, this.#at);
    if (unit < 0 || isLowSurrogate(unit)) return -1;
    this.#at += escapeLength(this.#memory, this.#at);
    if (!isHighSurrogate(unit)) return ofUnit[unit]!;
    const low = escapedUnit(this.#memory, this.#at);
    if (!isLowSurrogate(low)) return -1;
    this.#at += escapeLength(this.#memory, this.#at);
    return ofUnit[unit]! + ofUnit[low]!;
  }

  /** Escapes that `JSON.stringify` does not write are not taken. */
  #readEscapeAsJson({ ofUnit }: CharacterWeights): number {
    const letter = this.#memory.getUint8(this.#at + 1);
    if (escapedUnit(this.#memory, this.#at) < 0 || letter === LETTER_U || letter === SLASH) return -1;
    this.#at += 2;
    return ofUnit[BACKSLASH]! + ofUnit[letter]!;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const DELETE = 0x7f;
const SLASH = 0x2f;
const LETTER_U = 0x75;

/** ASCII that stands for itself in a string. */
function isPlain(byte: number): boolean {
  return byte >= SPACE && byte < DELETE && byte !== QUOTE && byte !== BACKSLASH;
}

/** Digits, sign, point. A number with an exponent is read in part, and is none that is expected. */
function isOfNumber(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e;
}

/** The UTF-16 unit that the escape at `at` stands for; -1 where there is no escape of JSON. */
function escapedUnit(memory: DataView, at: number): number {
  if (memory.getUint8(at) !== BACKSLASH) return -1;
  const letter = memory.getUint8(at + 1);
  if (letter !== LETTER_U) return SHORT_ESCAPES[letter]!;
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = parseInt(String.fromCharCode(memory.getUint8(i)), 16);
    if (Number.isNaN(digit)) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function escapeLength(memory: DataView, at: number): number {
  return memory.getUint8(at + 1) === LETTER_U ? 6 : 2;
}

/** By the letter after the backslash; -1 for what is none. */
const SHORT_ESCAPES = new Int8Array(0x100).fill(-1);
for (const [letter = '', stands = ''] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'])
  SHORT_ESCAPES[letter.charCodeAt(0)] = stands.charCodeAt(0);

/** Whether something that people see comes before the closing quote, which only blank characters do not. */
function isVisible(memory: DataView, start: number): boolean {
  for (let at = start; memory.getUint8(at) !== QUOTE; ) {
    const byte = memory.getUint8(at);
    if (byte !== SPACE && isPlain(byte)) return true;
    const unit = byte === BACKSLASH ? escapedUnit(memory, at) : plainUnit(memory, at);
    if (unit < SPACE && byte !== BACKSLASH) return false;
    const character = String.fromCharCode(unit);
    if (character.trim() !== '') return true;
    at += byte === BACKSLASH ? escapeLength(memory, at) : utf8Length(character);
  }
  return false;
}

/** The UTF-16 unit, or the first of two, of the character at `at`. */
function plainUnit(memory: DataView, at: number): number {
  const first = memory.getUint8(at);
  if (first < 0x80) return first;
  const second = memory.getUint8(at + 1) & 0x3f;
  if (first < 0xe0) return ((first & 0x1f) << 6) | second;
  return first < 0xf0 ? ((first & 0x0f) << 12) | (second << 6) | (memory.getUint8(at + 2) & 0x3f) : FIRST_SURROGATE;
}

const FIRST_SURROGATE = 0xd800;
