import { type Line, splitLines } from '../lines';
import { align } from './align';

/** A line of an edited text. */
export interface EditedLine {
  readonly text: string;
  /** The terminator that it had before; a new line has the one that is usual. */
  readonly eol: string;
  /** Index of the line that it was before; undefined for a new one. */
  readonly before: number | undefined;
}

/**
 * The lines of an edited text, with the terminators that they had: an editor writes one kind throughout. Nothing after the
 * last terminator is no line.
 */
export function keptBreaks(before: string, after: string): EditedLine[] {
  const [old, edited] = [linesOf(before), linesOf(after)];
  const usual = old.find(({ eol }) => eol !== '')?.eol ?? '\n';
  const aligned = align(old.map(textOf), edited.map(textOf));
  const lines = edited.map(({ text, eol }, i) => {
    const index = aligned[i];
    const own = index === undefined ? '' : old[index]?.eol;
    return { text, eol: eol === '' ? '' : own || usual, before: index };
  });
  // A carriage return and a line feed that come to stand side by side would be one terminator.
  return lines.map((line, i) =>
    line.eol === '\r' && startsWithLineFeed(lines[i + 1]) ? { ...line, eol: '\r\n' } : line,
  );
}

function linesOf(text: string): Line[] {
  const lines = splitLines(text);
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}

const textOf = ({ text }: Line): string => text;
const startsWithLineFeed = (line: EditedLine | undefined): boolean => line?.text === '' && line.eol === '\n';
