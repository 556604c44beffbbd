import { splitLines } from '../lines';
import type { HiddenData } from './hidden-data';
import { tokensOf } from './json-tokens';

/** A position in a document: 0-based line, UTF-16 column. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/**
 * A request text as the line that it is judged as: hidden data are back in their place, and line breaks are tabs, which are
 * blanks as well and as little allowed in strings. Positions can be said in either.
 */
export class RequestPlaces {
  readonly line: string;
  /** Offsets where the lines of the text begin. */
  readonly #starts: number[] = [];
  readonly #length: number;
  /** Where labels stand in the text, and how much longer the line is from there on. */
  readonly #labels: {
    readonly start: number;
    readonly end: number;
    readonly lineStart: number;
    readonly lineEnd: number;
  }[] = [];

  constructor(text: string, hidden: readonly HiddenData[]) {
    this.#length = text.length;
    let start = 0;
    for (const { text: own, eol } of splitLines(text)) {
      this.#starts.push(start);
      start += own.length + eol.length;
    }
    this.line = this.#restored(text, hidden).replaceAll(/[\r\n]/g, '\t');
  }

  /** UTF-16 offset in the judged line. */
  toLine({ line, character }: TextPosition): number {
    const offset = Math.min((this.#starts[line] ?? this.#length) + character, this.#starts[line + 1] ?? this.#length);
    const label = this.#labels.findLast(({ start }) => start < offset);
    if (!label) return offset;
    return offset < label.end ? label.lineStart + 1 : offset - label.end + label.lineEnd;
  }

  /** Where an offset of the judged line is in the text. */
  toText(offset: number): TextPosition {
    const label = this.#labels.findLast(({ lineStart }) => lineStart < offset);
    const inText = !label ? offset : offset < label.lineEnd ? label.start + 1 : offset - label.lineEnd + label.end;
    const known = Math.min(inText, this.#length);
    const line = this.#starts.findLastIndex((start) => start <= known);
    return { line, character: known - (this.#starts[line] ?? 0) };
  }

  #restored(text: string, hidden: readonly HiddenData[]): string {
    if (hidden.length === 0) return text;
    const tokens = new Map(hidden.map(({ label, token }) => [`"${label}"`, token]));
    let line = '';
    let at = 0;
    for (const { start, end } of tokensOf(text)) {
      const token = tokens.get(text.slice(start, end));
      if (token === undefined) continue;
      line += text.slice(at, start);
      this.#labels.push({ start, end, lineStart: line.length, lineEnd: line.length + token.length });
      line += token;
      at = end;
    }
    return line + text.slice(at);
  }
}
