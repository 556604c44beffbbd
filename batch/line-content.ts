import { characterWeights } from './cost/character-weights';
import { weightOf } from './cost/tokens';
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

  /** Reads the next hole; false where it holds something else than in other lines of its template. */
  read(hole: Hole, reader: LineReader): boolean {
    switch (hole.kind) {
      case 'text':
        return this.#takeFigure(reader.readText(characterWeights[hole.family], false));
      case 'json':
        return this.#takeFigure(reader.readText(characterWeights[hole.family], true));
      case 'id':
        return this.#takeWord(reader.readPlain());
      case 'name':
        return this.#takeName(reader.readPlain(), hole);
      case 'label':
        return LABEL.test(reader.readPlain() ?? '') && this.#takeFigure(0);
      case 'signature':
        return SIGNATURE.test(reader.readPlain() ?? '') && this.#takeFigure(0);
      case 'figure': {
        const written = reader.readNumber();
        return FIGURE.test(written) && this.#takeFigure(weightOf(written, hole.family));
      }
      case 'setting': {
        const written = reader.readNumber();
        const value = (hole.isWhole ? WHOLE : SETTING).test(written) ? Number(written) : Number.NaN;
        return value >= hole.least && value <= hole.most && this.#takeFigure(value);
      }
    }
  }

  #takeFigure(figure: number): boolean {
    if (figure < 0) return false;
    this.figures[this.count++] = figure;
    return true;
  }

  #takeWord(word: string | undefined, weight = 0): boolean {
    if (!isLegalId(word)) return false;
    this.figures[this.count] = weight;
    this.words[this.count++] = word;
    return true;
  }

  #takeName(name: string | undefined, { first, family }: Hole & { kind: 'name' }): boolean {
    if (name === undefined || (first !== this.count && this.words[first] !== name)) return false;
    return this.#takeWord(name, weightOf(name, family));
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
