import { remembered } from '../remembered';
import { writeUtf8 } from '../utf8';

/** The bytes behind a base64 text, each decoded when it is asked for: a header is read without decoding megabytes. */
export interface Bytes {
  readonly length: number;
  /** The byte (0–255) at a 0-based index; -1 beyond the end and where the text is no base64. */
  at(index: number): number;
}

/** Reads standard base64 (RFC 4648, section 4), with or without padding and line breaks. */
export function bytesOf(text: string): Bytes {
  // Whoever wraps lines does so in the first hundred characters; the rest need not be searched.
  const base64 = /\s/.test(text.slice(0, 100)) ? text.replaceAll(/\s+/g, '') : text;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const length = Math.floor(((base64.length - padding) * 3) / 4);
  return bytesBehind(length, (at) => base64.charCodeAt(at));
}

/** The same of the bytes [from, to) of memory, which are ordinary base64. */
export function base64In(memory: DataView, from: number, to: number): Bytes {
  const padding = memory.getUint8(to - 2) === PAD ? 2 : memory.getUint8(to - 1) === PAD ? 1 : 0;
  return bytesBehind(((to - from - padding) * 3) >> 2, (at) => (from + at < to ? memory.getUint8(from + at) : PAD));
}

/** Where ordinary base64 that begins at `from` ends; -1 where none begins there. Memory ends in something else. */
export function ordinaryEnd(memory: DataView, from: number): number {
  let at = from;
  while (IN_ALPHABET[memory.getUint8(at)] === 1) at++;
  if (at === from) return -1;
  for (let padding = 0; padding < 2 && memory.getUint8(at) === PAD; padding++) at++;
  return (at - from) % 4 === 0 ? at : -1;
}

function bytesBehind(length: number, codeAt: (at: number) => number): Bytes {
  return { length, at: (index) => (index < 0 || index >= length ? -1 : byteAt(codeAt, index)) };
}

/** All bytes behind a base64 text, at once; what is no base64 is left out. */
export function decoded(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const sextet = SEXTETS[text.charCodeAt(i)] ?? -1;
    if (sextet < 0) continue;
    bits = ((bits << 6) | sextet) & 0xffffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = (bits >> held) & 0xff;
  }
  return bytes.subarray(0, at);
}

/** The bytes [start, end) as characters of the same codes; shorter where the text ends or is no base64. */
export function latin1(bytes: Bytes, start: number, end: number): string {
  let text = '';
  for (let index = Math.max(0, start); index < end; index++) {
    const byte = bytes.at(index);
    if (byte < 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** What keeps `text` from being base64, as a clause ("it holds …"); undefined where nothing does. Linear. */
export const base64Fault = remembered((text: string): string | undefined => {
  if (isOrdinary(text)) return undefined;
  if (text.trim() === '') return 'it is empty';
  if (DATA_URL.test(text)) return 'it starts with a data URL’s prefix';
  const stray = /[^A-Za-z0-9+/=\s]/.exec(text);
  if (stray) return `it holds ${JSON.stringify(stray[0])}`;
  if (/=[^=\s]/.test(text)) return 'it goes on after its padding';
  const characters = /\s/.test(text) ? text.replaceAll(/\s+/g, '').length : text.length;
  return characters % 4 === 0 ? undefined : 'its length is no multiple of 4, so its end or its padding is missing';
});

/** What it is that nearly all have: the alphabet, without line breaks, and then the padding. */
function isOrdinary(text: string): boolean {
  const end = plainLength(text);
  return end > 0 && text.length % 4 === 0 && text.length - end <= 2 && text.endsWith('='.repeat(text.length - end));
}

/** How many characters of the alphabet it begins with. Bytes are looked at many times as fast as characters. */
function plainLength(text: string): number {
  const bytes = new Uint8Array(text.length);
  writeUtf8(text, bytes);
  let at = 0;
  while (at < bytes.length && IN_ALPHABET[bytes[at]!] === 1) at++;
  return at;
}

/** A `data:` URL's media type and its base64 text. */
export function parseDataUrl(text: string): { mediaType: string; base64: string } | undefined {
  const prefix = DATA_URL.exec(text);
  return prefix?.[1] === undefined ? undefined : { mediaType: prefix[1], base64: text.slice(prefix[0].length) };
}

/**
 * The 0-based byte offsets where `needle` (ASCII, at least four characters) may stand, in no order. A string has three
 * encodings, by its offset in a group of three bytes, and the middle of each is searched for without decoding anything;
 * the caller looks closer.
 */
export function occurrences(base64: string, needle: string): number[] {
  return [0, 1, 2].flatMap((shift) => {
    const core = encodedCore(needle, shift);
    const firstSextet = Math.ceil((shift * 8) / 6);
    const found: number[] = [];
    for (let at = base64.indexOf(core); at >= 0; at = base64.indexOf(core, at + 1)) {
      if (at % 4 === firstSextet) found.push(((at - firstSextet) / 4) * 3 + shift);
    }
    return found;
  });
}

const PAD = 0x3d;
const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+);base64,/i;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** By character code, up to the highest of ASCII; -1 for what is none. */
const SEXTETS = Int8Array.from({ length: 0x80 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)));
/** By byte. */
const IN_ALPHABET = Uint8Array.from({ length: 0x100 }, (_, byte) =>
  ALPHABET.includes(String.fromCharCode(byte)) ? 1 : 0,
);

function byteAt(codeAt: (at: number) => number, index: number): number {
  const bit = index * 8;
  const first = SEXTETS[codeAt(Math.floor(bit / 6))] ?? -1;
  const second = SEXTETS[codeAt(Math.floor(bit / 6) + 1)] ?? -1;
  if (first < 0 || second < 0) return -1;
  return (((first << 6) | second) >> (4 - (bit % 6))) & 0xff;
}

/** The characters of `needle`'s encoding that hold none of its neighbours' bits, when it starts `shift` bytes into a group. */
function encodedCore(needle: string, shift: number): string {
  const bits = [...needle].map((character) => character.charCodeAt(0).toString(2).padStart(8, '0')).join('');
  const skipped = (6 - ((shift * 8) % 6)) % 6;
  const whole = bits.slice(skipped).match(/[01]{6}/g) ?? [];
  return whole.map((sextet) => ALPHABET[Number.parseInt(sextet, 2)]).join('');
}
