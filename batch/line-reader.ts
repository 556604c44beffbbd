import { START, type TextScale } from './cost/text-weights';
import { isHighSurrogate, isLowSurrogate, utf8Length } from './utf8';

/** The UTF-8 bytes [from, to) of one line in a larger piece of memory, which ends in so many zeros that no line holds. */
export interface LineBytes {
  readonly memory: DataView;
  readonly from: number;
  readonly to: number;
}

/** Zeros at the end of the memory, so that a glance ahead finds its end. */
export const PADDING = 8;

/** Longer than ids and signatures are, and as many units as surely fit into one call. */
const LONGEST_PLAIN = 16_384;

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

  /** Reads the rest of a string up to its closing quote; undefined where it has an escape, more than ASCII, or is long. */
  readPlain(): string | undefined {
    const units: number[] = [];
    let at = this.#at;
    for (let byte = this.#memory.getUint8(at); byte !== QUOTE; byte = this.#memory.getUint8(++at)) {
      if (!isPlain(byte) || units.length === LONGEST_PLAIN) return undefined;
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
   * Reads the rest of a string up to its closing quote onto the scale; false where it is not valid JSON or says nothing that
   * people see.
   */
  readText(scale: TextScale): boolean {
    if (!isVisible(this.#memory, this.#at)) return false;
    scale.before = START;
    for (;;) {
      this.#readUnescaped(scale);
      if (this.#memory.getUint8(this.#at) === QUOTE) return true;
      if (!this.#readEscape(scale)) return false;
    }
  }

  /** Four bytes at a time as long as they are ASCII, otherwise one by one. */
  #readUnescaped(scale: TextScale): void {
    const { inString } = scale.weights;
    const memory = this.#memory;
    let { before } = scale;
    let at = this.#at;
    let sum = 0;
    for (;;) {
      const four = memory.getUint32(at);
      if (four & BEYOND_ASCII) {
        const byte = four >>> 24;
        const weight = inString[(before << 8) | byte]!;
        if (weight < 0) break;
        sum += weight;
        if (byte >= 0x80) scale.foreign += weight;
        before = byte;
        at++;
        continue;
      }
      const a = inString[(before << 8) | (four >>> 24)]!;
      const b = inString[four >>> 16]!;
      const c = inString[(four >>> 8) & 0xffff]!;
      const d = inString[four & 0xffff]!;
      if ((a | b | c | d) < 0) break;
      sum += a + b + c + d;
      before = four & 0xff;
      at += 4;
    }
    let byte = memory.getUint8(at);
    for (let weight = inString[(before << 8) | byte]!; weight >= 0; weight = inString[(before << 8) | byte]!) {
      sum += weight;
      before = byte;
      byte = memory.getUint8(++at);
    }
    this.#at = at;
    scale.before = before;
    scale.weight += sum;
  }

  #readEscape(scale: TextScale): boolean {
    const unit = escapedUnit(this.#memory, this.#at);
    if (unit < 0 || isLowSurrogate(unit)) return false;
    this.#at += escapeLength(this.#memory, this.#at);
    if (!isHighSurrogate(unit)) {
      scale.addCharacter(unit);
      return true;
    }
    const low = escapedUnit(this.#memory, this.#at);
    if (!isLowSurrogate(low)) return false;
    this.#at += escapeLength(this.#memory, this.#at);
    scale.addCharacter(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
    return true;
  }
}

/** Bits that no ASCII has, in four bytes. */
const BEYOND_ASCII = 0x80808080;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const DELETE = 0x7f;
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
    const digit = HEX_DIGITS[memory.getUint8(i)]!;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function escapeLength(memory: DataView, at: number): number {
  return memory.getUint8(at + 1) === LETTER_U ? 6 : 2;
}

/** By character; -1 for what is none. */
const HEX_DIGITS = Int8Array.from({ length: 0x100 }, (_, code) => '0123456789abcdef'.indexOf(lowerCase(code)));

function lowerCase(code: number): string {
  return String.fromCharCode(code).toLowerCase();
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
