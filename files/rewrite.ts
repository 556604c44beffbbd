import { createHash, type Hash, randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { chmod, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LineSplitter, type RawLine } from './line-splitter';
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
  await dealLines(source, [target], (line) => (keep(line) ? 0 : -1), options);
}

/**
 * The same for several new files at once: `targetOf` is the index of the one that a line goes to, -1 for none. They appear
 * together or not at all.
 */
export async function dealLines(
  source: string,
  targets: readonly string[],
  targetOf: (line: number) => number,
  options: ReadOptions = {},
): Promise<void> {
  const { mode } = await stat(source);
  const files: NewFile[] = [];
  try {
    for (const target of targets) files.push(await reserve(target, mode));
    for await (const hands of dealt(source, targets.length, targetOf, options)) {
      for (const [index, bytes] of hands) await files[index]!.part.writeFile(bytes);
    }
    for (const { part } of files) await part.sync().finally(() => part.close());
    for (const { target } of files) await rename(partOf(target), target);
  } catch (error) {
    for (const { target, part } of files) {
      await part.close().catch(() => {});
      await giveUp(target);
    }
    throw error;
  }
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
  const { part } = await reserve(target, mode);
  try {
    await pipeline(chunks, part.createWriteStream({ flush: true }));
    await rename(partOf(target), target);
  } catch (error) {
    await giveUp(target);
    throw error;
  }
}

/** Takes a name, and opens what will get it. Throws EEXIST where it is taken. */
async function reserve(target: string, mode: number): Promise<NewFile> {
  const reserved = await open(target, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, mode);
  await reserved.close();
  try {
    return { target, part: await open(partOf(target), 'w', mode) };
  } catch (error) {
    await giveUp(target);
    throw error;
  }
}

async function giveUp(target: string): Promise<void> {
  await Promise.all([rm(partOf(target), { force: true }), rm(target, { force: true })]);
}

interface NewFile {
  readonly target: string;
  /** What is written meanwhile. */
  readonly part: FileHandle;
}

const partOf = (target: string): string => join(dirname(target), `.${basename(target)}.part`);

/** Bytes of a file that others take the place of. */
export interface Replacement {
  /** Offset in the file. */
  readonly start: number;
  /** What stands there. */
  readonly before: Buffer;
  readonly after: Buffer;
}

export interface ReplaceOptions extends ReadOptions {
  /** SHA-256 in hexadecimal that the file must have as a whole. */
  readonly sha256?: string;
}

/**
 * Replaces bytes of a file, at places in order that do not overlap; all others stay. The file is rewritten beside itself and
 * then takes its own name, so that it is at any time the old one or the new one, with the old one's permissions. Returns the
 * SHA-256 of what it is then. Throws FileChangedError where something else stands at a place or the file changes meanwhile,
 * and what `readChunks` throws.
 */
export async function replaceInFile(
  path: string,
  replacements: readonly Replacement[],
  options: ReplaceOptions = {},
): Promise<string> {
  const file = await realpath(path);
  const before = await stat(file);
  const part = join(dirname(file), `.${basename(file)}.${randomUUID()}.part`);
  try {
    const [read, written] = [createHash('sha256'), createHash('sha256')];
    const chunks = hashed(replaced(file, hashed(readChunks(file, options), read), replacements), written);
    await pipeline(chunks, createWriteStream(part, { flags: 'wx', flush: true }));
    if (options.sha256 !== undefined && options.sha256 !== read.digest('hex')) throw new FileChangedError(path);
    await chmod(part, before.mode);
    const { size, mtimeMs } = await stat(file);
    if (size !== before.size || mtimeMs !== before.mtimeMs) throw new FileChangedError(path);
    await rename(part, file);
    return written.digest('hex');
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* replaced(
  path: string,
  chunks: AsyncIterable<Buffer>,
  replacements: readonly Replacement[],
): AsyncGenerator<Buffer> {
  let done = 0;
  let at = 0;
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
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

/** The bytes that go to each file, chunk by chunk; valid until the next is asked for. */
async function* dealt(
  source: string,
  files: number,
  targetOf: (line: number) => number,
  options: ReadOptions,
): AsyncGenerator<[index: number, bytes: Buffer][]> {
  const splitter = new LineSplitter();
  let number = 0;
  const hands = (lines: readonly RawLine[]): [number, Buffer][] => {
    const parts: Uint8Array[][] = Array.from({ length: files }, () => []);
    for (const { bytes } of lines) parts[targetOf(number++)]?.push(bytes, NEWLINE);
    return parts.flatMap((part, index) => (part.length > 0 ? [[index, Buffer.concat(part)]] : []));
  };
  for await (const chunk of readChunks(source, options)) yield hands(splitter.push(chunk));
  yield hands(splitter.end());
}

const NEWLINE = Buffer.from('\n');
