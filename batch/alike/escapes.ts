import type { GrowingHash } from '../cost/text-hash';
import { isHighSurrogate } from '../utf8';

export const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** The UTF-16 unit that the escape at `at` stands for; -1 where there is no escape of JSON. */
export function escapedUnit(memory: DataView, at: number): number {
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

export function escapeLength(memory: DataView, at: number): number {
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

/** Adds the contents of a JSON string, which [from, to) holds as written, to a hash. */
export function addWritten(hash: GrowingHash, memory: DataView, from: number, to: number): void {
  let at = from;
  for (;;) {
    at = hash.addBytes(memory, at, to, BACKSLASH);
    if (at === to) return;
    let point = escapedUnit(memory, at);
    at += escapeLength(memory, at);
    if (isHighSurrogate(point)) {
      point = 0x10000 + ((point & 0x3ff) << 10) + (escapedUnit(memory, at) & 0x3ff);
      at += escapeLength(memory, at);
    }
    hash.addCharacter(point);
  }
}
