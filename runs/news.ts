import { readdir, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What a person does not know of yet, as an empty file a run: its end was not told (`untold`), was not looked at (`unseen`).
 * Whoever takes a file away may tell: of all windows that share the state folder exactly one.
 */
export const NEWS = ['untold', 'unseen'] as const;
export type News = (typeof NEWS)[number];

/** Runs that were warned of, so that it is done once. */
export const WARNED = 'warned';

/** Of a person who never opens an editor only the newest are kept. */
const MOST_NEWS = 500;

/** A run has ended. */
export async function addNews(stateDir: string, id: string): Promise<void> {
  for (const news of NEWS) {
    await writeFile(fileOf(stateDir, news, id), '', { mode: 0o600 });
    const older = (await newsIn(stateDir, news)).slice(0, -MOST_NEWS);
    for (const old of older) await takeNews(stateDir, news, old);
  }
}

/** The ids of its runs, oldest first. */
export async function newsIn(stateDir: string, news: News): Promise<string[]> {
  return (await readdir(path.join(stateDir, news)).catch(() => [])).sort();
}

/** Takes a run's news away; true for exactly one of all programs that try at once. */
export async function takeNews(stateDir: string, news: News, id: string): Promise<boolean> {
  // Not `rm`, which is content where another one was quicker.
  return unlink(fileOf(stateDir, news, id)).then(
    () => true,
    () => false,
  );
}

/** Whether this program is the first to warn of a run. */
export async function isFirstToWarn(stateDir: string, id: string): Promise<boolean> {
  return writeFile(fileOf(stateDir, WARNED, id), '', { mode: 0o600, flag: 'wx' }).then(
    () => true,
    () => false,
  );
}

/** A run is forgotten. */
export async function dropNews(stateDir: string, id: string): Promise<void> {
  for (const folder of [...NEWS, WARNED]) await rm(fileOf(stateDir, folder, id), { force: true });
}

const fileOf = (stateDir: string, folder: string, id: string): string => path.join(stateDir, folder, id);
