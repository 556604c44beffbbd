import { isUtf8 } from 'node:buffer';
import { type HiddenData, hiddenIn } from '../batch/excerpt/hidden-data';
import { keptBreaks } from '../batch/excerpt/kept-breaks';
import { NotWritableError, requestLine, requestText } from '../batch/excerpt/request-text';
import { isWrittenInAscii, stringText, stringToken } from '../batch/excerpt/string-text';
import type { Path } from '../batch/finding';
import { nodeAt, parseTree } from '../batch/json-tree';
import { MAX_DEPTH } from '../batch/limits';
import { scanText } from '../batch/text-scan';
import { linesIn } from './line-block';

/** How lines of a file, with their terminators, are shown as a document, and what an edited document makes of them. */
export interface ExcerptView {
  /** Throws NotWritableError where the lines cannot be shown so. */
  open(lines: Buffer): ExcerptText;
  /** The lines that an edited text makes; what was not edited stays byte for byte. Throws NotWritableError. */
  close(lines: Buffer, edited: ExcerptText): Buffer;
}

export interface ExcerptText {
  readonly text: string;
  /** What its labels stand for. */
  readonly hidden: readonly HiddenData[];
}

/** The lines as they are. */
export const linesView: ExcerptView = {
  open: (lines) => ({ text: lines.toString('utf8'), hidden: [] }),
  close: (lines, { text }) => {
    const before = linesIn(lines);
    const isEndOfFile = !/[\r\n]$/.test(lines.toString('latin1'));
    const edited = keptBreaks(lines.toString('utf8'), text);
    const usual = edited.find(({ eol }) => eol !== '')?.eol ?? '\n';
    return Buffer.concat(
      edited.flatMap(({ text: line, eol, before: index }, i) => {
        const own = index === undefined ? undefined : before[index];
        const isOpenEnd = i === edited.length - 1 && isEndOfFile;
        const content = own ? withoutTerminator(own) : Buffer.from(line);
        return [content, Buffer.from(eol === '' && !isOpenEnd ? usual : eol)];
      }),
    );
  },
};

/** One request over many lines. */
export const requestView: ExcerptView = {
  open: (lines) => {
    const { text: line } = lineOf(lines);
    const hidden = hiddenIn(line);
    return { text: requestText(line, hidden), hidden };
  },
  close: (lines, { text, hidden }) => {
    const { text: line, eol } = lineOf(lines);
    return Buffer.from(requestLine(line, text, hidden) + eol);
  },
};

/** The text that stands at a path of one request. */
export function textView(path: Path): ExcerptView {
  return {
    open: (lines) => {
      const { token } = stringAt(lineOf(lines).text, path);
      const text = stringText(token);
      if (/\p{Surrogate}/u.test(text))
        throw new NotWritableError('This text holds half of a character: use "Edit Request".');
      return { text, hidden: [] };
    },
    close: (lines, { text }) => {
      const { text: line, eol } = lineOf(lines);
      const { token, start } = stringAt(line, path);
      const written = stringToken(token, text, { ascii: isWrittenInAscii(line) });
      return Buffer.from(line.slice(0, start) + written + line.slice(start + token.length) + eol);
    },
  };
}

/** The JSON string (with its quotes) at a path of a line, and its UTF-16 offset. Throws NotWritableError where none stands there. */
export function stringAt(line: string, path: Path): { readonly token: string; readonly start: number } {
  const tree = scanText(line, MAX_DEPTH).depth > MAX_DEPTH ? undefined : parseTree(line);
  const node = nodeAt(tree, path);
  if (node?.type !== 'string')
    throw new NotWritableError(`No text stands at ${path.join('.')} of this request any more.`);
  return { token: line.slice(node.offset, node.offset + node.length), start: node.offset };
}

function lineOf(lines: Buffer): { readonly text: string; readonly eol: string } {
  if (!isUtf8(lines)) throw new NotWritableError('This line is not UTF-8 text, so it cannot be edited without loss.');
  const [, text = '', eol = ''] = /^(.*?)(\r\n|\n|\r|)$/su.exec(lines.toString('utf8')) ?? [];
  return { text, eol };
}

function withoutTerminator(line: Buffer): Buffer {
  const length = /\r?\n$|\r$/.exec(line.subarray(-2).toString('latin1'))?.[0].length ?? 0;
  return line.subarray(0, line.length - length);
}
