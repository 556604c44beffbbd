import { access, type FileHandle, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { canceled, RunError, toDiskError } from './run-error';

export interface NewFileOptions {
  /** The new file gets the permission bits of this one; a file for the person alone where there is none. */
  readonly like: string | null;
  readonly signal?: AbortSignal | undefined;
  /** Asked when all is on disk: another absolute path in the same folder, where what came is not what was to come. */
  readonly nameAtEnd?: (() => Promise<string>) | undefined;
}

const BUFFER_BYTES = 1 << 20;
/** So much is written before the disk is asked to keep it, while more comes in: then little is left to wait for at the end. */
const SYNC_BYTES = 1 << 25;

/**
 * Writes a file that is not there yet. While it is written it has a hidden name ending in `.part`, and it gets its own
 * when all of it is on disk, so that a part is never taken for the whole; after an error nothing of it is left.
 * Throws `RunError` (`disk`, `canceled`, also where `target` exists) and whatever `chunks` throws.
 */
export async function writeNewFile(
  target: string,
  chunks: AsyncIterable<Uint8Array>,
  options: NewFileOptions,
): Promise<void> {
  const part = partOf(target);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await rm(part, { force: true });
    const file = await open(part, 'wx', 0o600);
    try {
      await file.chmod(await modeLike(options.like));
      await writeAll(file, chunks, options.signal);
    } finally {
      await file.close();
    }
    await giveName(part, options.nameAtEnd ? await options.nameAtEnd() : target);
  } catch (error) {
    throw toDiskError(error, `${target} cannot be written`);
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
}

/** `.tickets.results.jsonl.part` */
export function partOf(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.part`);
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void> {
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  let unsynced = 0;
  let written = Promise.resolve();
  let synced = Promise.resolve();
  // The next bytes come in while these are written.
  const flush = async (): Promise<void> => {
    const next = waiting.splice(0);
    unsynced += bytes;
    bytes = 0;
    await written;
    written = writeWhole(file, next);
    written.catch(() => {}); // Thrown where it is waited for.
    if (unsynced < SYNC_BYTES) return;
    unsynced = 0;
    await synced;
    synced = file.datasync();
    synced.catch(() => {}); // The same.
  };
  for await (const chunk of chunks) {
    if (signal?.aborted) throw canceled();
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= BUFFER_BYTES) await flush();
  }
  await flush();
  await written;
  await synced;
  await file.sync();
}

async function writeWhole(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(chunks);
  const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
  // Where the disk took only some of it, the rest says why.
  if (bytesWritten < bytes) await file.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}

/** A link fails where the name is taken, a rename would overwrite. Not every file system has links. */
async function giveName(part: string, target: string): Promise<void> {
  try {
    await link(part, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await exists(target))) {
      throw new RunError('disk', `${target} is already there, and nothing is ever overwritten.`, { cause: error });
    }
    await rename(part, target);
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function modeLike(file: string | null): Promise<number> {
  const bits = file && (await stat(file).catch(() => null));
  return bits ? bits.mode & 0o666 : 0o600;
}
