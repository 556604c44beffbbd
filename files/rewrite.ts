import { constants, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LineSplitter } from './line-splitter';
import { type ReadOptions, readChunks } from './read-lines';

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
