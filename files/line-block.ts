import { open } from 'node:fs/promises';
import type { RawLine } from './line-splitter';
import { type ReadOptions, readLinesUntil } from './read-lines';

/** Lines of a file that stand together, with their terminators, as they were read. */
export interface LineBlock {
  /** 0-based number of the first. */
  readonly line: number;
  readonly lines: number;
  /** Where it begins in the file, in bytes; a byte order mark before it is not its own. */
  readonly start: number;
  readonly bytes: Buffer;
}

/** How much a block may hold; the first line is always taken. */
export interface BlockLimits {
  readonly lines?: number;
  /** Lines that are not blank. */
  readonly requests?: number;
  readonly bytes?: number;
}

/**
 * Reads the lines from the 0-based line `from` on, as far as the limits allow; null where the file has no such line.
 * Throws what `readLines` throws.
 */
export async function readBlock(
  path: string,
  from: number,
  { lines = Infinity, requests = Infinity, bytes = Infinity }: BlockLimits,
  options: ReadOptions = {},
): Promise<LineBlock | null> {
  const taken: Buffer[] = [];
  const sum = { lines: 0, requests: 0, bytes: 0, start: 0 };
  let number = 0;
  await readLinesUntil(
    path,
    (line) => {
      if (number++ < from) return false;
      const whole = withTerminator(line);
      const isOver =
        sum.lines === lines || sum.bytes + whole.length > bytes || (sum.requests === requests && !line.isBlank);
      if (isOver && sum.lines > 0) return true;
      if (sum.lines === 0) sum.start = line.start;
      taken.push(whole);
      sum.lines++;
      sum.bytes += whole.length;
      sum.requests += line.isBlank ? 0 : 1;
      return false;
    },
    options,
  );
  return sum.lines === 0 ? null : { line: from, lines: sum.lines, start: sum.start, bytes: Buffer.concat(taken) };
}

/**
 * Where the lines of a block stand now: at their place, else where the same lines first stand together; null where nowhere.
 * Throws what `readLines` throws.
 */
export async function findBlock(path: string, block: LineBlock, options: ReadOptions = {}): Promise<LineBlock | null> {
  if (await isAtItsPlace(path, block)) return block;
  const wanted = linesIn(block.bytes);
  let begun: { readonly line: number; readonly start: number; readonly matched: number }[] = [];
  let found: LineBlock | null = null;
  let number = 0;
  await readLinesUntil(
    path,
    (line) => {
      const whole = withTerminator(line);
      begun = [...begun, { line: number++, start: line.start, matched: 0 }].flatMap((each) =>
        wanted[each.matched]?.equals(whole) ? [{ ...each, matched: each.matched + 1 }] : [],
      );
      const complete = begun.find(({ matched }) => matched === wanted.length);
      if (complete) found = { ...block, line: complete.line, start: complete.start };
      return complete !== undefined;
    },
    options,
  );
  return found;
}

/** The lines of a text, each with its terminator. */
export function linesIn(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = lineEndIn(bytes, start);
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

async function isAtItsPlace(path: string, { start, bytes }: LineBlock): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const end = start + bytes.length;
    if (end > size) return false;
    const { buffer } = await file.read(Buffer.alloc(bytes.length), 0, bytes.length, start);
    if (!buffer.equals(bytes)) return false;
    const before = start === 0 ? LF : (await file.read(Buffer.alloc(1), 0, 1, start - 1)).buffer[0];
    return (isBreak(before) || before === LAST_OF_MARK) && (end === size || isBreak(bytes.at(-1)));
  } finally {
    await file.close();
  }
}

const LF = 0x0a;
const CR = 0x0d;
const LAST_OF_MARK = 0xbf;
const isBreak = (byte: number | undefined): boolean => byte === LF || byte === CR;

function withTerminator({ bytes, eol }: RawLine): Buffer {
  return Buffer.concat([bytes, Buffer.from(eol)]);
}

function lineEndIn(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === LF) return at + 1;
    if (bytes[at] === CR) return bytes[at + 1] === LF ? at + 2 : at + 1;
  }
  return bytes.length;
}
