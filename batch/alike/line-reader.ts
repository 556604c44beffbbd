import { START, type TextScale } from '../cost/text-weights';
import { isHighSurrogate, isLowSurrogate, utf8Length } from '../utf8';
import { BACKSLASH, escapedUnit, escapeLength } from './escapes';

/** The UTF-8 bytes [from, to) of one line in a larger piece of memory, which ends in so many zeros that no line holds. */
export interface LineBytes {
  readonly memory: DataView;
  readonly from: number;
  readonly to: number;
}

/** Bytes of a string from which it is not read one by one. */
const LONG_STRING = 256;

/** Zeros at the end of the memory, so that a glance ahead finds its end. */
export const PADDING = 8;

/**
 * Reads the bytes of one line from left to right, as far as they are what is expected. What stands behind the line does no
 * harm: who has read past its end never comes to stand at it. Here a check spends most of its time.
 */
export class LineReader {
  memory: DataView = new DataView(new ArrayBuffer(PADDING));
  /** The offset of what comes next. */
  at = 0;

  start({ memory, from }: LineBytes): void {
    this.memory = memory;
    this.at = from;
  }

  /** The byte that comes next, blanks apart, which are read. */
  peek(): number {
    let byte = this.memory.getUint8(this.at);
    while (byte === SPACE || byte === TAB) byte = this.memory.getUint8(++this.at);
    return byte;
  }

  /** The byte that comes next. */
  get next(): number {
    return this.memory.getUint8(this.at);
  }

  /** Whether this byte comes next, blanks apart; it is read. */
  take(byte: number): boolean {
    if (this.memory.getUint8(this.at) !== byte && this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  /** Reads the rest of a string and its closing quote, without looking closely; false where it has no end. */
  skipString(): boolean {
    const memory = this.memory;
    const far = this.at + LONG_STRING;
    let at = this.at;
    for (;;) {
      const byte = memory.getUint8(at++);
      if (byte === QUOTE) break;
      if (byte < SPACE) return false;
      if (byte === BACKSLASH && memory.getUint8(at++) < SPACE) return false;
      if (at >= far) return this.#skipLongString(at);
    }
    this.at = at;
    return true;
  }

  /** The same for the rest of one that is long, by native search. */
  #skipLongString(from: number): boolean {
    const bytes = new Uint8Array(this.memory.buffer, this.memory.byteOffset);
    for (let quote = bytes.indexOf(QUOTE, from); quote >= 0; quote = bytes.indexOf(QUOTE, quote + 1)) {
      let slashes = 0;
      while (quote - slashes > from && bytes[quote - 1 - slashes] === BACKSLASH) slashes++;
      if (slashes % 2 > 0) continue;
      this.at = quote + 1;
      return true;
    }
    return false;
  }

  /** Reads a value of any kind, without looking closely: what has the same bytes is the same. False where it has no end. */
  skipValue(): boolean {
    let depth = 0;
    do {
      const byte = this.memory.getUint8(this.at);
      if (byte < SPACE && byte !== TAB) return false;
      this.at++;
      if (byte === QUOTE) {
        if (!this.skipString()) return false;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
      else if (depth === 0) this.#skipWord();
    } while (depth > 0);
    return depth === 0;
  }

  /** Reads the rest of a number, `true`, `false` or `null`. */
  #skipWord(): void {
    while (isOfWord(this.next)) this.at++;
  }

  /** Whether exactly these bytes come next; they are read. */
  skip(expected: DataView): boolean {
    const memory = this.memory;
    const from = this.at;
    const length = expected.byteLength;
    let i = 0;
    // Eight bytes as a number: none of those that make no number, or one of the two zeros, is in a line.
    for (; i + 8 <= length; i += 8)
      if (memory.getFloat64(from + i, true) !== expected.getFloat64(i, true)) return false;
    for (; i < length; i++) if (memory.getUint8(from + i) !== expected.getUint8(i)) return false;
    this.at = from + length;
    return true;
  }

  /** Reads the rest of a string up to its closing quote; false where it has an escape or more than printable ASCII. */
  skipPlain(): boolean {
    const memory = this.memory;
    let at = this.at;
    while (isPlain(memory.getUint8(at))) at++;
    this.at = at;
    return memory.getUint8(at) === QUOTE;
  }

  /** Reads what may belong to a number. */
  readNumber(): string {
    let written = '';
    for (let byte = this.next; isOfNumber(byte); byte = this.next) {
      written += String.fromCharCode(byte);
      this.at++;
    }
    return written;
  }

  /**
   * Reads the rest of a string up to its closing quote onto the scale; false where it is not valid JSON or says nothing that
   * people see.
   */
  readText(scale: TextScale): boolean {
    if (!isVisible(this.memory, this.at)) return false;
    scale.before = START;
    for (;;) {
      this.#readUnescaped(scale);
      if (this.memory.getUint8(this.at) === QUOTE) return true;
      if (!this.#readEscape(scale)) return false;
    }
  }

  /** Four bytes at a time as long as they are ASCII, otherwise one by one. */
  #readUnescaped(scale: TextScale): void {
    const { inString } = scale.weights;
    const memory = this.memory;
    let { before } = scale;
    let at = this.at;
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
    this.at = at;
    scale.before = before;
    scale.weight += sum;
  }

  #readEscape(scale: TextScale): boolean {
    const unit = escapedUnit(this.memory, this.at);
    if (unit < 0 || isLowSurrogate(unit)) return false;
    this.at += escapeLength(this.memory, this.at);
    if (!isHighSurrogate(unit)) {
      scale.addCharacter(unit);
      return true;
    }
    const low = escapedUnit(this.memory, this.at);
    if (!isLowSurrogate(low)) return false;
    this.at += escapeLength(this.memory, this.at);
    scale.addCharacter(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
    return true;
  }
}

/** Bits that no ASCII has, in four bytes. */
const BEYOND_ASCII = 0x80808080;

/** A copy of the bytes [from, to). */
export function copyOf(memory: DataView, from: number, to: number): DataView {
  return new DataView(memory.buffer.slice(memory.byteOffset + from, memory.byteOffset + to) as ArrayBuffer);
}

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
const SPACE = 0x20;
const TAB = 0x09;
const DELETE = 0x7f;

/** ASCII that stands for itself in a string. */
function isPlain(byte: number): boolean {
  return byte >= SPACE && byte < DELETE && byte !== QUOTE && byte !== BACKSLASH;
}

/** Digits, sign, point. A number with an exponent is read in part, and is none that is expected. */
function isOfNumber(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e;
}

function isOfWord(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e ||
    byte === 0x45
  );
}

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
