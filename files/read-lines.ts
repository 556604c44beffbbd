import { readSync, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { LineSplitter, type RawLine } from './line-splitter';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called after each chunk with the bytes read so far and the size that the file had when it was opened. */
  readonly onProgress?: (bytes: number, total: number) => void;
  /** The thread has nothing else to do while it waits for the disk: then a chunk costs no trip to another thread. */
  readonly blocking?: boolean;
}

/** What a file was when it was read: if one of these differs now, it was changed since. */
export interface FileIdentity {
  readonly size: number;
  readonly mtimeMs: number;
}

/** Large enough to make the calls rare, small enough to stay in a cache. */
const CHUNK_BYTES = 1 << 20;

/**
 * Reads the lines of a file of any size in flat memory: `onLine` gets each in order, valid only during the call.
 * Throws as `readChunks` does.
 */
export async function readLines(
  path: string,
  onLine: (line: RawLine) => void,
  options: ReadOptions = {},
): Promise<FileIdentity> {
  const splitter = new LineSplitter();
  const chunks = readChunks(path, options);
  for (;;) {
    const { done, value } = await chunks.next();
    for (const line of done ? splitter.end() : splitter.push(value)) onLine(line);
    if (done) return value;
  }
}

/** Reads the lines of a file until one is enough; what follows is not read. Throws as `readChunks` does. */
export async function readLinesUntil(
  path: string,
  isEnough: (line: RawLine) => boolean,
  options: ReadOptions = {},
): Promise<void> {
  const splitter = new LineSplitter();
  for await (const chunk of readChunks(path, options)) if (splitter.push(chunk).some(isEnough)) return;
  splitter.end().some(isEnough);
}

/**
 * The bytes of a file in chunks, each valid until the next is asked for; returns what the file was. Between two chunks
 * others have their turn.
 * Throws what the file system throws (a directory, no such file), the signal's reason, and FileChangedError when the
 * file changed while it was read.
 */
export async function* readChunks(
  path: string,
  { signal, onProgress, blocking = false }: ReadOptions = {},
): AsyncGenerator<Buffer, FileIdentity> {
  const file = await open(path, 'r');
  let next = Promise.resolve(0);
  try {
    const before = identityIn(await file.stat());
    const read = blocking ? readBlocking : readAsync;
    // The next is read while one is at work on this.
    const [buffer, other] = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)];
    next = read(file, buffer);
    let total = 0;
    for (let turn = 0; ; turn++) {
      const bytes = await next;
      signal?.throwIfAborted();
      if (bytes === 0) break;
      total += bytes;
      // A file that grows as fast as it is read would never end.
      if (total > before.size) throw new FileChangedError(path);
      next = read(file, turn % 2 === 0 ? other : buffer);
      next.catch(() => {}); // Thrown where it is waited for.
      yield (turn % 2 === 0 ? buffer : other).subarray(0, bytes);
      onProgress?.(total, before.size);
    }
    const after = identityIn(await file.stat());
    if (total !== before.size || !isSame(before, after)) throw new FileChangedError(path);
    return before;
  } finally {
    // What is still to be read is read from this file, and not from one that gets its number.
    await next.catch(() => {});
    await file.close();
  }
}

async function readAsync(file: FileHandle, buffer: Buffer): Promise<number> {
  return (await file.read(buffer, 0, buffer.length, null)).bytesRead;
}

async function readBlocking({ fd }: FileHandle, buffer: Buffer): Promise<number> {
  await setImmediate();
  return readSync(fd, buffer, 0, buffer.length, null);
}

/** The file was written to while it was read: nothing that was found can be relied on. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';

  constructor(readonly path: string) {
    super(`${path} changed while it was read; try again when it is no longer being written.`);
  }
}

export function isSame(a: FileIdentity, b: FileIdentity): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs;
}

/** What a file is now. Throws what the file system throws. */
export async function identityOf(path: string): Promise<FileIdentity> {
  return identityIn(await stat(path));
}

/** What an open file is. */
export function identityIn({ size, mtimeMs }: Stats): FileIdentity {
  return { size, mtimeMs };
}
