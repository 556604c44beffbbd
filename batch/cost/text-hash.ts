import { isHighSurrogate, isLowSurrogate } from '../utf8';

/** Odd and without small factors, so that texts that differ in a digit or two do not meet. */
const BASE = 0x9e3779b1 | 0;

/** A text in short, that grows at its end: a polynomial over its bytes of UTF-8, of 32 bits. */
export class GrowingHash {
  constructor(public value = 0) {}

  addText(text: string): void {
    let { value } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) value = (Math.imul(value, BASE) + unit) | 0;
      else {
        this.value = value;
        const isPair = isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1));
        this.addCharacter(isPair ? text.codePointAt(i++)! : unit);
        value = this.value;
      }
    }
    this.value = value;
  }

  /** The bytes [from, to) up to the first `stop`; returns where that is. */
  addBytes(memory: DataView, from: number, to: number, stop: number): number {
    let { value } = this;
    let at = from;
    for (; at < to; at++) {
      const byte = memory.getUint8(at);
      if (byte === stop) break;
      value = (Math.imul(value, BASE) + byte) | 0;
    }
    this.value = value;
    return at;
  }

  addByte(byte: number): void {
    this.value = (Math.imul(this.value, BASE) + byte) | 0;
  }

  /** By its code point. */
  addCharacter(point: number): void {
    if (point < 0x80) this.addByte(point);
    else if (point < 0x800) this.#addUtf8(0xc0, point, 1);
    else if (point < 0x10000) this.#addUtf8(0xe0, point, 2);
    else this.#addUtf8(0xf0, point, 3);
  }

  /** The first byte, and those that follow, with six bits each. */
  #addUtf8(mark: number, point: number, following: number): void {
    this.addByte(mark | (point >> (6 * following)));
    for (let left = following - 1; left >= 0; left--) this.addByte(0x80 | ((point >> (6 * left)) & 0x3f));
  }
}
