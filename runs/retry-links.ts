import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, writeDurably } from './run-files';
import { digestOf } from './submitted';

/**
 * Notes that a file with these ids, in this order, tries requests of a run again: whatever it is called and wherever it
 * is when it is submitted, its run is a retry of that one. Throws `RunError` `disk`.
 */
export async function noteRetry(stateDir: string, customIds: readonly string[], run: string): Promise<void> {
  await makeFolder(folderIn(stateDir));
  const digest = digestOf(customIds.map((customId) => ({ customId })));
  await writeDurably(fileOf(stateDir, digest), `${run}\n`);
}

/** The run that a file with these ids tries again, by its id; undefined for any other file. */
export async function retriedRun(stateDir: string, idsDigest: string): Promise<string | undefined> {
  const text = await readFile(fileOf(stateDir, idsDigest), 'utf8').catch(() => '');
  return text.trim() || undefined;
}

const folderIn = (stateDir: string): string => path.join(stateDir, 'retries');

const fileOf = (stateDir: string, digest: string): string =>
  path.join(folderIn(stateDir), `${digest.slice(0, 32)}.txt`);
