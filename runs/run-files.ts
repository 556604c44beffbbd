import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from '../batch/json';
import { RUN_STATES, type Run, type RunState } from './run';
import { toDiskError } from './run-error';

/** The run in a file of the journal; undefined where there is none, or none that this version knows. One that is broken is put aside into `broken`. */
export async function readRun(
  file: string,
  broken: string,
  onBroken: (file: string) => void,
): Promise<Run | undefined> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return undefined;
  const run = parseRun(text);
  if (run !== 'broken') return run;
  const aside = path.join(broken, path.basename(file));
  await rename(file, aside).catch(() => {});
  onBroken(aside);
  return undefined;
}

/** The `.json` files of a folder; none where it cannot be read. */
export async function jsonFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).map((name) => path.join(folder, name));
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
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw toDiskError(error, `${file} cannot be written`);
  }
}

/** A run as stored, with fields that only a newer version knows. One in a state that we do not know is left alone. */
function parseRun(text: string): Run | 'broken' | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return 'broken';
    const isRun = [value.id, value.source, value.state, value.startedAt].every((field) => typeof field === 'string');
    if (!isRun) return 'broken';
    return RUN_STATES.includes(value.state as RunState) ? (value as unknown as Run) : undefined;
  } catch {
    return 'broken';
  }
}
