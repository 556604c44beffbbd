/** One line of a text. It does not know its number: its identity is the key of whatever is cached about it. */
export class Line {
  constructor(
    readonly text: string,
    /** The terminator: only the last line has none. */
    readonly eol: '\n' | '\r\n' | '\r' | '',
  ) {}
}

/** An LSP content change: a range (0-based lines, UTF-16 columns) and its new text, or the whole text. */
export interface LineChange {
  readonly range?: { readonly start: LinePosition; readonly end: LinePosition };
  readonly text: string;
}

export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Which lines a change took out and put in. */
export interface Splice {
  readonly start: number;
  readonly removed: readonly Line[];
  readonly added: readonly Line[];
}

/** Splits at \n, \r\n and \r, as LSP does. A text has one line more than it has terminators. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let cr = text.indexOf('\r');
  for (let lf = text.indexOf('\n'); lf >= 0 || cr >= 0; ) {
    const alone = cr >= 0 && (lf < 0 || cr < lf - 1);
    const end = alone ? cr : lf > 0 && cr === lf - 1 ? cr : lf;
    const eol = alone ? '\r' : end === lf ? '\n' : '\r\n';
    lines.push(new Line(text.slice(start, end), eol));
    start = end + eol.length;
    if (cr >= 0 && cr < start) cr = text.indexOf('\r', start);
    if (lf >= 0 && lf < start) lf = text.indexOf('\n', start);
  }
  lines.push(new Line(text.slice(start), ''));
  return lines;
}

/**
 * A text as an array of lines. A change makes new `Line` objects for the lines it touches; all others stay the same
 * objects, so that what is cached about them stays too.
 */
export class LineStore {
  #lines: Line[];

  constructor(text: string) {
    this.#lines = splitLines(text);
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  get text(): string {
    return this.#lines.map((line) => line.text + line.eol).join('');
  }

  /** The text of a range; positions beyond a line's or the text's end mean that end. */
  textIn(range: { start: LinePosition; end: LinePosition }): string {
    const { start, end } = this.#ordered(range);
    const last = this.#lines[end.line]!;
    if (start.line === end.line) return last.text.slice(start.character, end.character);
    const between = this.#lines
      .slice(start.line, end.line)
      .map((line) => line.text + line.eol)
      .join('');
    return between.slice(start.character) + last.text.slice(0, end.character);
  }

  /** Carries out one change. */
  update(change: LineChange): Splice {
    if (!change.range) return this.#replace(0, this.#lines.length, splitLines(change.text));
    const { start, end } = this.#ordered(change.range);
    const last = this.#lines[end.line]!;
    let text =
      this.#lines[start.line]!.text.slice(0, start.character) + change.text + last.text.slice(end.character) + last.eol;
    // A carriage return and a line feed that come to stand side by side are one terminator.
    let from = start.line;
    if (text.startsWith('\n') && this.#lines[from - 1]?.eol === '\r') text = `${this.#lines[--from]!.text}\r${text}`;
    const added = splitLines(text);
    // The terminator that ended the range's last line ends the last new one, so nothing stands behind it.
    if (end.line < this.#lines.length - 1) added.pop();
    return this.#replace(from, end.line + 1, added);
  }

  #replace(from: number, to: number, added: Line[]): Splice {
    const removed = this.#lines.slice(from, to);
    this.#lines = withReplaced(this.#lines, from, to, added);
    return { start: from, removed, added };
  }

  #ordered({ start, end }: { start: LinePosition; end: LinePosition }): { start: LinePosition; end: LinePosition } {
    const reversed = start.line > end.line || (start.line === end.line && start.character > end.character);
    return reversed
      ? { start: this.#clamped(end), end: this.#clamped(start) }
      : { start: this.#clamped(start), end: this.#clamped(end) };
  }

  #clamped({ line, character }: LinePosition): LinePosition {
    if (line < 0) return { line: 0, character: 0 };
    const last = this.#lines.length - 1;
    if (line > last) return { line: last, character: this.#lines[last]!.text.length };
    return { line, character: Math.max(0, Math.min(character, this.#lines[line]!.text.length)) };
  }
}

/** `list` with `added` in the place of [from, to): the same array wherever that is the cheapest. */
export function withReplaced<T>(list: T[], from: number, to: number, added: readonly T[]): T[] {
  if (added.length >= MANY) return [...list.slice(0, from), ...added, ...list.slice(to)];
  if (added.length === to - from) for (const [i, one] of added.entries()) list[from + i] = one;
  else list.splice(from, to - from, ...added);
  return list;
}

/** More arguments than this do not fit a call. */
const MANY = 10_000;
