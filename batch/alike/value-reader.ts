import { type Family, TextScale, textWeights } from '../cost/text-weights';
import { asciiText } from '../utf8';
import { FIGURE, LEGAL_ID, LONGEST_LABEL, SIGNATURE } from './hole-patterns';
import { type KnownValues, SHORT_VALUE } from './known-values';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  type LineBytes,
  LineReader,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './line-reader';
import { HOLE, Outline } from './outline';
import { readPicture } from './pictures';
import type { Words } from './words';

/** What an outline has for a known key, by its position; before that of a word and the number of a long value; behind a number, `true`, `false` or `null`. */
const FIRST_KEY = 0x10;
const WORD = 0x0d;
const LONG = 0x0e;
const WORD_END = 0x0f;
const DEEPEST = 50;

/** Of those that are not known: in such a one every byte was looked at. */
const LONGEST_KEY = 200;

/**
 * Reads the values of a line from left to right into its outline: as they are, or as holes. Each method says whether that
 * could be done; otherwise the line is left to who parses.
 */
export class ValueReader extends LineReader {
  readonly outline = new Outline();
  #family: Family = 'new';
  #scale = new TextScale(textWeights[this.#family]);
  readonly #known: KnownValues;
  #end = 0;

  constructor(known: KnownValues) {
    super();
    this.#known = known;
  }

  override start(line: LineBytes): void {
    super.start(line);
    this.#end = line.to;
    this.outline.clear();
  }

  /** That of the model that texts are weighed for. */
  get family(): Family {
    return this.#family;
  }

  set family(family: Family) {
    if (family !== this.#family) this.#scale = new TextScale(textWeights[family]);
    this.#family = family;
  }

  get isAtEnd(): boolean {
    this.peek();
    return this.at === this.#end;
  }

  get isText(): boolean {
    return this.peek() === QUOTE;
  }

  get isObject(): boolean {
    return this.peek() === OPEN_BRACE;
  }

  get isArray(): boolean {
    return this.peek() === OPEN_BRACKET;
  }

  /** The element that was read is the last one. */
  get isLast(): boolean {
    return this.peek() === CLOSE_BRACKET;
  }

  /** One of these strings; undefined where another value comes, which is not read. */
  word(known: Words): string | undefined {
    const at = this.at;
    const position = this.take(QUOTE) ? this.#readAmong(known) : -1;
    if (position < 0) {
      this.at = at;
      return undefined;
    }
    this.outline.add(WORD);
    this.outline.add(position);
    return known[position]!.word;
  }

  /** The string of printable ASCII that comes next, which is not read yet; undefined where it is none. */
  plainString(): string | undefined {
    this.peek();
    const at = this.at;
    const text = this.take(QUOTE) && this.skipPlain() ? this.#written(at + 1) : undefined;
    this.at = at;
    return text;
  }

  /** An object, with `field` for the value of each key; undefined stands for a key that is not known. */
  object(known: Words, field: (key: string | undefined) => boolean): boolean {
    if (!this.#takeAndAdd(OPEN_BRACE)) return false;
    if (this.#takeAndAdd(CLOSE_BRACE)) return true;
    do {
      const key = this.#key(known);
      if (!this.take(COLON) || !field(key)) return false;
    } while (this.take(COMMA));
    return this.#takeAndAdd(CLOSE_BRACE);
  }

  array(element: () => boolean, isOfMessages = false): boolean {
    const { runs } = this.outline;
    if (!this.#takeAndAdd(OPEN_BRACKET)) return false;
    if (this.#takeAndAdd(CLOSE_BRACKET)) return true;
    runs.beginArray(isOfMessages);
    do {
      this.peek();
      runs.beginElement(this.at);
      if (!element()) return false;
      runs.endElement(this.at);
    } while (this.take(COMMA));
    runs.endArray();
    return this.#takeAndAdd(CLOSE_BRACKET);
  }

  /** A value that must be the same in lines of the same outline. */
  fixed(): boolean {
    const { outline } = this;
    this.peek();
    const from = this.at;
    const first = this.next;
    const isWord = first !== QUOTE && first !== OPEN_BRACE && first !== OPEN_BRACKET;
    const known = isWord ? -1 : this.#known.read(this);
    if (known >= 0) {
      outline.add(LONG);
      outline.add(known);
      return true;
    }
    if (!this.skipValue()) return false;
    if (this.at - from > SHORT_VALUE) {
      if (!isWord) this.#known.note(this.memory, from, this.at);
      return false;
    }
    outline.addFrom(this.memory, from, this.at);
    if (isWord) outline.add(WORD_END);
    return true;
  }

  /** A text that the model reads, put on the scale as part of the sum at this position; one that is blank is fixed. */
  text(sum: number): boolean {
    return this.#said(HOLE.text, sum, Number.POSITIVE_INFINITY);
  }

  /** A short string that no rule looks at, part of a sum where the model reads it; anything else is fixed. */
  label(sum?: number): boolean {
    return this.#said(HOLE.label, sum, LONGEST_LABEL);
  }

  #said(hole: number, sum: number | undefined, longest: number): boolean {
    if (!this.isText) return this.fixed();
    const opening = this.at;
    this.at++;
    const scale = this.#scale;
    const { weight, foreign } = scale;
    const isRead = this.readText(scale);
    if (!isRead || this.at - opening - 1 > longest) {
      const isOther = isRead || this.at === opening + 1;
      this.at = opening;
      return isOther && this.fixed();
    }
    if (sum !== undefined)
      this.outline.addText(sum, opening + 1, this.at, scale.weight - weight, scale.foreign - foreign);
    this.outline.addHole(hole, opening + 1, this.at, { sum });
    return this.take(QUOTE);
  }

  /** The data of an image; anything else is fixed. */
  picture(): boolean {
    this.peek();
    const opening = this.at;
    const said = this.take(QUOTE) ? readPicture(this) : undefined;
    if (said === undefined) {
      this.at = opening;
      return this.fixed();
    }
    this.outline.addHole(HOLE.picture, opening + 1, this.at, { said });
    return this.take(QUOTE);
  }

  /** What proves that a thinking block is the API's own. */
  signature(): boolean {
    return this.#plain((opening) => {
      const isLike = SIGNATURE.test(this.#written(opening + 1));
      if (isLike) this.outline.addHole(HOLE.signature, opening + 1, this.at);
      return isLike;
    });
  }

  id(): boolean {
    return this.#plain((opening) => {
      const id = this.#written(opening + 1);
      if (!LEGAL_ID.test(id)) return false;
      this.outline.customId = id;
      this.outline.addHole(HOLE.id, opening + 1, this.at);
      return true;
    });
  }

  /** A name that is only compared with others. */
  name(): boolean {
    return this.#plain((opening) => {
      const name = this.#written(opening + 1);
      if (!LEGAL_ID.test(name)) return false;
      this.outline.addName(name, opening + 1, this.at);
      return true;
    });
  }

  /** A number that is written like this, which `take` gets; anything else is fixed. */
  number(hole: number, pattern: RegExp, take: (written: string) => void, sum?: number): boolean {
    this.peek();
    const from = this.at;
    const written = this.readNumber();
    if (!pattern.test(written)) {
      this.at = from;
      return this.fixed();
    }
    take(written);
    this.outline.addHole(hole, from, this.at, { sum });
    return true;
  }

  /** A value of any kind, of which all strings and numbers are read by the model, keys apart. */
  free(sum: number, depth = 0): boolean {
    if (depth > DEEPEST) return false;
    if (this.isText) return this.text(sum);
    if (this.isObject) return this.object(NO_WORDS, () => this.free(sum, depth + 1));
    if (this.isArray) return this.array(() => this.free(sum, depth + 1));
    return this.number(HOLE.figure, FIGURE, (written) => this.#weigh(written, sum), sum);
  }

  /** Reads the rest of one of these strings and returns its position; -1 where it is none, and nothing is read. */
  #readAmong(known: Words): number {
    for (let i = 0; i < known.length; i++) if (this.skip(known[i]!.bytes)) return i;
    return -1;
  }

  /** A key that is not known is as it is. */
  #key(known: Words): string | undefined {
    if (!this.take(QUOTE)) return undefined;
    const from = this.at;
    const key = this.#readAmong(known);
    if (key >= 0) this.outline.add(FIRST_KEY + key);
    else if (this.skipString() && this.at - from <= LONGEST_KEY) this.outline.addFrom(this.memory, from - 1, this.at);
    // No colon comes there.
    else this.at = this.#end;
    return known[key]?.word;
  }

  /** A string of printable ASCII, of which `take` is told where it begins; what it does not take is fixed. */
  #plain(take: (opening: number) => boolean): boolean {
    this.peek();
    const opening = this.at;
    if (this.take(QUOTE) && this.skipPlain() && take(opening)) return this.take(QUOTE);
    this.at = opening;
    return this.fixed();
  }

  /** The ASCII from there to where it is. */
  #written(from: number): string {
    return asciiText(this.memory, from, this.at);
  }

  #weigh(text: string, sum: number): void {
    const scale = this.#scale;
    const { weight, foreign } = scale;
    scale.add(text);
    this.outline.addWeight(sum, scale.weight - weight, scale.foreign - foreign);
  }

  #takeAndAdd(byte: number): boolean {
    const isTaken = this.take(byte);
    if (isTaken) this.outline.add(byte);
    return isTaken;
  }
}

const NO_WORDS: Words = [];
