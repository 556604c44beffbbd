import data from '../../schemas/tokens.json';
import { isHighSurrogate, isLowSurrogate } from '../utf8';

/** The two families of tokenizers. */
export type Family = keyof typeof data.families;

/** The kinds of characters that a family's tokenizer cuts finer or coarser than the table of boundaries says. */
export type TextKind = keyof (typeof data.families)['old']['text'];

/**
 * What a byte of UTF-8 weighs behind the byte before it, in thousandths of a token: how likely a token begins there. Whole
 * numbers at [before << 8 | byte], whose sum does not depend on their order.
 */
export interface TextWeights {
  readonly ofPair: Int16Array;
  /** The same for what stands in a JSON string as it is; -1 for a byte that needs an escape there. */
  readonly inString: Int16Array;
}

/** The byte that is taken to stand before a text. */
export const START = 0x0a;

/** Likelihoods are written as digits: by their character codes, up to the highest, which is sure. */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const HIGHEST = DIGITS.length - 1;
const LEVELS = new Uint8Array(0x80);
for (let level = 0; level <= HIGHEST; level++) LEVELS[DIGITS.charCodeAt(level)] = level;

export const textWeights: Readonly<Record<Family, TextWeights>> = {
  old: scaledWeights(data.families.old.text),
  new: scaledWeights(data.families.new.text),
};

/** The table of boundaries, with each kind of character scaled. Every process begins with two of them: it has to be quick. */
export function scaledWeights(scale: Readonly<Record<TextKind, number>>): TextWeights {
  const ofPair = new Int16Array(0x10000);
  const ofAscii = Array.from({ length: 0x80 }, (_, byte) => (1000 / HIGHEST) * scale[kindOfAscii(byte)]);
  const accented = (1000 / HIGHEST) * scale.accented;
  const script = (1000 / HIGHEST) * scale.script;
  for (const [key, row] of Object.entries(data.boundaries.behind)) {
    const before = Number.parseInt(key, 16);
    for (let byte = 0; byte < row.length; byte++) {
      // Bytes beyond ASCII are told apart by the first byte of their character, where that is one of the two.
      const most = ofAscii[byte] ?? (isAccented(byte) || isAccented(before) ? accented : script);
      const pair = (before << 8) | byte;
      ofPair[pair] = Math.round(LEVELS[row.charCodeAt(byte)]! * most);
    }
  }
  const inString = ofPair.slice();
  for (let byte = 0; byte < 0x80; byte++)
    if (needsEscape(byte)) for (let pair = byte; pair < inString.length; pair += 0x100) inString[pair] = -1;
  return { ofPair, inString };
}

function kindOfAscii(byte: number): TextKind {
  const character = String.fromCharCode(byte);
  if (/[a-zA-Z]/.test(character)) return 'letter';
  if (/[0-9]/.test(character)) return 'digit';
  return /\s/.test(character) ? 'space' : 'symbol';
}

/** Whether a letter of a Latin alphabet begins with this byte. */
function isAccented(byte: number): boolean {
  return byte >= 0xc2 && byte < 0xca;
}

function needsEscape(byte: number): boolean {
  return byte < 0x20 || byte === 0x22 || byte === 0x5c;
}

/** Adds up what texts weigh, in thousandths of a token. Linear in their length. */
export class TextScale {
  weight = 0;
  /** As much of the weight as lies beyond ASCII, of which less is known. */
  foreign = 0;
  /** The byte that was weighed last. */
  before = START;

  constructor(readonly weights: TextWeights) {}

  /** Weighs another text. */
  add(text: string): void {
    this.before = START;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) this.#addByte(unit);
      else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1)))
        this.addCharacter(text.codePointAt(i++)!);
      else this.addCharacter(unit);
    }
  }

  /** Weighs the next character of a text, by its code point. */
  addCharacter(point: number): void {
    if (point < 0x80) this.#addByte(point);
    else if (point < 0x800) this.#addBytes(0xc0, point, 1);
    else if (point < 0x10000) this.#addBytes(0xe0, point, 2);
    else this.#addBytes(0xf0, point, 3);
  }

  /** The first byte of a character in UTF-8, and those that follow, with six bits each. */
  #addBytes(mark: number, point: number, following: number): void {
    this.#addByte(mark | (point >> (6 * following)));
    for (let left = following - 1; left >= 0; left--) this.#addByte(0x80 | ((point >> (6 * left)) & 0x3f));
  }

  #addByte(byte: number): void {
    const weight = this.weights.ofPair[(this.before << 8) | byte]!;
    this.weight += weight;
    if (byte >= 0x80) this.foreign += weight;
    this.before = byte;
  }
}
