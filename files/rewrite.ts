import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { chmod, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LineSplitter } from './line-splitter';
import { FileChangedError, type ReadOptions, readChunks } from './read-lines';

/**
 * Writes the lines of `source` whose 0-based numbers `keep` says to a new file `target`, their bytes as they are. The file
 * appears whole or not at all and has the source's permissions.
 * Throws EEXIST where `target` exists, and what `readChunks` throws.
 */
export async function copyLines(
  source: string,
  target: string,
  keep: (line: number) => boolean,
  options: ReadOptions = {},
): Promise<void> {
  await writeLike(source, target, keptLines(source, keep, options));
}

/**
 * Writes `chunks` to a new file `target` with the permissions of `source`. The file appears whole or not at all. Throws
 * EEXIST where `target` exists, and what `chunks` throws.
 */
export async function writeLike(
  source: string,
  target: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const { mode } = await stat(source);
  const part = join(dirname(target), `.${basename(target)}.part`);
  const reserved = await open(target, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, mode);
  await reserved.close();
  try {
    await pipeline(chunks, createWriteStream(part, { mode, flush: true }));
    await rename(part, target);
  } catch (error) {
    await Promise.all([rm(part, { force: true }), rm(target, { force: true })]);
    throw error;
  }
}

/** Bytes of a file that others take the place of. */
export interface Replacement {
  /** Offset in the file. */
  readonly start: number;
  /** What stands there. */
  readonly before: Buffer;
  readonly after: Buffer;
}

/**
 * Replaces bytes of a file, at places in order that do not overlap; all others stay. The file is rewritten beside itself and
 * then takes its own name, so that it is at any time the old one or the new one, with the old one's permissions. Throws
 * FileChangedError where something else stands at a place or the file changes meanwhile, and what `readChunks` throws.
 */
export async function replaceInFile(
  path: string,
  replacements: readonly Replacement[],
  options: ReadOptions = {},
): Promise<void> {
  const file = await realpath(path);
  const before = await stat(file);
  const part = join(dirname(file), `.${basename(file)}.${randomUUID()}.part`);
  try {
    await pipeline(replaced(file, replacements, options), createWriteStream(part, { flags: 'wx', flush: true }));
    await chmod(part, before.mode);
    const { size, mtimeMs } = await stat(file);
    if (size !== before.size || mtimeMs !== before.mtimeMs) throw new FileChangedError(path);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* replaced(
  path: string,
  replacements: readonly Replacement[],
  options: ReadOptions,
): AsyncGenerator<Buffer> {
  let done = 0;
  let at = 0;
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of readChunks(path, options)) {
    // Also a copy, because the chunk's memory is used again for the next.
    let rest: Buffer = Buffer.concat([carried, chunk]);
    const parts: Buffer[] = [];
    const pass = (bytes: number): void => {
      parts.push(rest.subarray(0, bytes));
      rest = rest.subarray(bytes);
      at += bytes;
    };
    for (let next = replacements[done]; next && at + rest.length >= endOf(next); next = replacements[++done]) {
      pass(next.start - at);
      if (!rest.subarray(0, next.before.length).equals(next.before)) throw new FileChangedError(path);
      rest = rest.subarray(next.before.length);
      at = endOf(next);
      parts.push(next.after);
    }
    const next = replacements[done];
    pass(next ? Math.max(0, Math.min(rest.length, next.start - at)) : rest.length);
    carried = rest;
    yield Buffer.concat(parts);
  }
  if (done < replacements.length) throw new FileChangedError(path);
}

const endOf = ({ start, before }: Replacement): number => start + before.length;

async function* keptLines(
  source: string,
  keep: (line: number) => boolean,
  options: ReadOptions,
): AsyncGenerator<Buffer> {
  const splitter = new LineSplitter();
  let number = 0;
  const join = (lines: ReturnType<LineSplitter['end']>) =>
    Buffer.concat(lines.filter(() => keep(number++)).flatMap(({ bytes }) => [bytes, NEWLINE]));
  for await (const chunk of readChunks(source, options)) yield join(splitter.push(chunk));
  yield join(splitter.end());
}

const NEWLINE = Buffer.from('\n');
