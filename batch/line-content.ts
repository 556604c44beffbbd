import { type Family, TextScale, textWeights } from './cost/text-weights';
import { CUSTOM_ID_PATTERN } from './limits';
import type { LineReader } from './line-reader';
import type { Hole } from './template-holes';

const LEGAL_ID = new RegExp(CUSTOM_ID_PATTERN);

export function isLegalId(id: string | undefined): id is string {
  return id !== undefined && LEGAL_ID.test(id);
}

/** What the holes of one line hold, by position, as far as they are read. */
export class LineContent {
  /** Holes that are read. */
  count = 0;
  /** What ids and names are. */
  readonly words: string[] = [];
  /** What texts weigh, in thousandths of a token, and what settings are. */
  readonly figures: number[] = [];
  /** As much of the weight as lies beyond ASCII. */
  readonly foreign: number[] = [];
  readonly #scales = { old: new TextScale(textWeights.old), new: new TextScale(textWeights.new) };

  /** Reads the next hole; false where it holds something else than in other lines of its template. */
  read(hole: Hole, reader: LineReader): boolean {
    switch (hole.kind) {
      case 'text':
        return this.#takeText(hole.family, (scale) => reader.readText(scale));
      case 'id':
        return this.#takeWord(reader.readPlain());
      case 'name':
        return this.#takeName(reader.readPlain(), hole);
      case 'label':
        return this.#takeWritten(reader.readPlain() ?? '', LABEL, hole.family);
      case 'signature':
        return SIGNATURE.test(reader.readPlain() ?? '') && this.#takeFigure(0);
      case 'figure':
        return this.#takeWritten(reader.readNumber(), FIGURE, hole.family);
      case 'setting': {
        const written = reader.readNumber();
        const value = (hole.isWhole ? WHOLE : SETTING).test(written) ? Number(written) : Number.NaN;
        return value >= hole.least && value <= hole.most && this.#takeFigure(value);
      }
    }
  }

  /** What is put on the scale; false where it is not what was expected. */
  #takeText(family: Family, put: (scale: TextScale) => boolean): boolean {
    const scale = this.#scales[family];
    const { weight, foreign } = scale;
    return put(scale) && this.#takeFigure(scale.weight - weight, scale.foreign - foreign);
  }

  #takeWritten(text: string, pattern: RegExp, family: Family): boolean {
    return this.#takeText(family, (scale) => {
      scale.add(text);
      return pattern.test(text);
    });
  }

  #takeFigure(figure: number, foreign = 0): boolean {
    this.foreign[this.count] = foreign;
    this.figures[this.count++] = figure;
    return true;
  }

  #takeWord(word: string | undefined): boolean {
    if (!isLegalId(word)) return false;
    this.words[this.count] = word;
    return this.#takeFigure(0);
  }

  #takeName(name: string | undefined, { first }: Hole & { kind: 'name' }): boolean {
    if (name === undefined || (first !== this.count && this.words[first] !== name)) return false;
    return this.#takeWord(name);
  }
}

/** Shorter than any limit that the API has for one. */
const LABEL = /^[ -~]{1,200}$/;
/** Base64 in either alphabet. */
const SIGNATURE = /^[A-Za-z0-9+/_-]+=*$/;
/** As `JSON.stringify` writes it, so that it weighs what is written. */
const FIGURE = /^(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,7})\.\d{0,4}[1-9])$/;
/** Not negative, no exponent. */
const WHOLE = /^(?:0|[1-9]\d{0,8})$/;
const SETTING = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,16})?$/;
