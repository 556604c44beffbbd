import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Told, tell } from './journal-records';
import { toDiskError } from './run-error';

/** What a file of the journal says; undefined where there is none. */
export async function readTold(file: string): Promise<Told | undefined> {
  const bytes = await readFile(file).catch(() => null);
  return bytes === null ? undefined : tell(bytes);
}

/** Puts a record behind the last whole one of a file, for good. Throws `RunError` `disk`. */
export async function appendDurably(file: string, end: number, record: string): Promise<void> {
  try {
    const handle = await open(file, 'r+');
    try {
      await handle.truncate(end);
      const bytes = Buffer.from(record);
      await handle.write(bytes, 0, bytes.length, end);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toDiskError(error, `${file} cannot be written`);
  }
}

/** Gives a file another name in another folder, and has both remember it. */
export async function moveDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
    await Promise.all([from, to].map((file) => syncFolder(path.dirname(file))));
  } catch (error) {
    throw toDiskError(error, `${to} cannot be written`);
  }
}

/** The files of a folder whose names end so; none where it cannot be read. */
export async function filesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name));
}

/** Makes a folder for the person alone. Throws `RunError` `disk`. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toDiskError(error, `The journal folder ${folder} cannot be made`);
  }
}

/**
 * Written beside, synced, then renamed: a reader sees the old text or the new, and a crash leaves one of them.
 * Throws `RunError` `disk`.
 */
export async function writeDurably(file: string, text: string): Promise<void> {
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw toDiskError(error, `${file} cannot be written`);
  }
}

/** A name is on disk only when its folder is. Where folders cannot be opened (Windows), the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
