import type { Path } from '../../batch/finding';
import { stringEnd } from '../../batch/text-scan';

/** Where in a line, finished or not, the cursor stands. */
export interface Cursor {
  /** Of the value under the cursor, or of the object that gets a key there. */
  readonly path: Path;
  readonly expects: 'key' | 'value' | 'nothing';
  /** UTF-16 offsets of the token under the cursor with its quotes; both the cursor's where there is none. */
  readonly start: number;
  readonly end: number;
}

/** Only the text before `offset` decides, so that what follows an unfinished token does not confuse; linear, never fails. */
export function cursorAt(line: string, offset: number): Cursor {
  const frames: Frame[] = [{ step: undefined, awaits: 'value' }];
  for (let i = 0; i < offset; ) {
    const frame = frames.at(-1) ?? { step: undefined, awaits: 'nothing' };
    const end = tokenEnd(line, i);
    const inToken = isToken(line, i) && (end > offset || (end === offset && !isClosedString(line, i, end)));
    if (inToken) return at(frames, i, offset + tailLength(line, i, offset));
    step(frames, frame, line.slice(i, Math.min(end, i + LONGEST_KEY)));
    i = end;
  }
  return at(frames, offset, offset);
}

/** One array or object that is open before the cursor; the first stands for the line itself. */
interface Frame {
  /** The key or index that the cursor's value would have in it. */
  step: string | number | undefined;
  awaits: Cursor['expects'];
}

/** Keys are short; a 5 MB string need not be copied to find that it is none. */
const LONGEST_KEY = 1000;

function at(frames: readonly Frame[], start: number, end: number): Cursor {
  const expects = frames.at(-1)?.awaits ?? 'nothing';
  const steps = frames.slice(0, expects === 'key' ? -1 : undefined);
  return { path: steps.flatMap(({ step }) => step ?? []), expects, start, end };
}

/** What one token does to the arrays and objects that are open. */
function step(frames: Frame[], frame: Frame, token: string): void {
  switch (token[0]) {
    case '{':
      frames.push({ step: undefined, awaits: 'key' });
      break;
    case '[':
      frames.push({ step: 0, awaits: 'value' });
      break;
    case '}':
    case ']':
      frames.pop();
      settle(frames.at(-1));
      break;
    case ':':
      frame.awaits = 'value';
      break;
    case ',':
      frame.awaits = typeof frame.step === 'number' ? 'value' : 'key';
      if (typeof frame.step === 'number') frame.step++;
      break;
    default:
      if (token.trim() === '') break;
      if (frame.awaits === 'key') frame.step = unquoted(token);
      settle(frame);
  }
}

function settle(frame: Frame | undefined): void {
  if (frame) frame.awaits = 'nothing';
}

/** A string, a word or number, a run of blanks, or one mark. */
function tokenEnd(line: string, start: number): number {
  if (line[start] === '"') return stringEnd(line, start);
  const run = /\s+|[^\s"{}[\]:,]+|./suy;
  run.lastIndex = start;
  return start + (run.exec(line)?.[0].length ?? 1);
}

const isToken = (line: string, start: number): boolean => /[^\s{}[\]:,]/.test(line[start] ?? ' ');
const isClosedString = (line: string, start: number, end: number): boolean =>
  line[start] === '"' && end > start + 1 && line[end - 1] === '"';

/** What of the token lies after the cursor: a string is often not closed yet, and then the next quote opens another. */
function tailLength(line: string, start: number, offset: number): number {
  const tail = line[start] === '"' ? /[\w.-]*(?:"(?!\w))?/y : /[\w.+-]*/y;
  tail.lastIndex = offset;
  return tail.exec(line)?.[0].length ?? 0;
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
