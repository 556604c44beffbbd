import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { NEWS, newsIn } from './news';

/**
 * Whether the journal holds a run that goes on by itself. Reads one folder's names and nothing else, because it runs
 * at every start of the editor.
 */
export async function hasOpenRuns(stateDir: string): Promise<boolean> {
  const names = await readdir(path.join(stateDir, 'open')).catch(() => []);
  return names.some((name) => name.endsWith('.journal'));
}

/** The same, or of an end that nobody has told or looked at. */
export async function hasWork(stateDir: string): Promise<boolean> {
  const news = await Promise.all(NEWS.map((each) => newsIn(stateDir, each)));
  return news.flat().length > 0 || (await hasOpenRuns(stateDir));
}

/** Whether anything was ever submitted from this machine. Makes nothing. */
export async function hasJournal(stateDir: string): Promise<boolean> {
  return readdir(path.join(stateDir, 'closed')).then(
    () => true,
    () => false,
  );
}
