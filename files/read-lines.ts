import { type FileHandle, open } from 'node:fs/promises';
import { LineSplitter, type RawLine } from './line-splitter';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Called after each chunk with the bytes read so far and the size that the file had when it was opened. */
  readonly onProgress?: (bytes: number, total: number) => void;
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

/**
 * The bytes of a file in chunks, each valid until the next is asked for; returns what the file was.
 * Throws what the file system throws (a directory, no such file), the signal's reason, and FileChangedError when the
 * file changed while it was read.
 */
export async function* readChunks(
  path: string,
  { signal, onProgress }: ReadOptions = {},
): AsyncGenerator<Buffer, FileIdentity> {
  const file = await open(path, 'r');
  try {
    const before = await identityOf(file);
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let total = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      // A file that grows as fast as it is read would never end.
      if (total > before.size) throw new FileChangedError(path);
      yield buffer.subarray(0, bytesRead);
      onProgress?.(total, before.size);
    }
    const after = await identityOf(file);
    if (total !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new FileChangedError(path);
    return before;
  } finally {
    await file.close();
  }
}

/** The file was written to while it was read: nothing that was found can be relied on. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';

  constructor(readonly path: string) {
    super(`${path} changed while it was read; try again when it is no longer being written.`);
  }
}

async function identityOf(file: FileHandle): Promise<FileIdentity> {
  const { size, mtimeMs } = await file.stat();
  return { size, mtimeMs };
}
