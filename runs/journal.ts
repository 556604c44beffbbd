import { watch } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Lock, takeLock } from './lock';
import { OPEN_STATES, type Run, type RunState } from './run';
import { type RunError, toDiskError } from './run-error';
import { jsonFilesIn, makeFolder, readRun, writeDurably } from './run-files';
import { readSubmitted, type Submitted, writeSubmitted } from './submitted';

/** What we intend and know of every run, on disk, shared by all editors and terminals of a person. */
export interface Journal {
  readonly stateDir: string;
  /** All runs, newest first. */
  list(): Promise<Run[]>;
  /** Those in an open state, newest first. */
  listOpen(): Promise<Run[]>;
  get(id: string): Promise<Run | undefined>;
  /** Durable when it returns. Throws `RunError` `disk`. */
  put(run: Run): Promise<void>;
  /**
   * Reads the run anew, so that what another process wrote meanwhile is kept, and returns what is stored now. With `from`
   * only while the run is in that state: two who watch the same run do not undo each other's steps.
   */
  update(id: string, changes: Partial<Run>, from?: RunState): Promise<Run>;
  /** Forgets a run and its ids. Nothing is canceled, no results are touched. */
  remove(id: string): Promise<void>;
  /** What was submitted, in order: on disk before the last bytes of the create body leave. */
  putSubmitted(id: string, requests: readonly Submitted[]): Promise<void>;
  /** The submitted ids in order; null where they are not known. */
  ids(id: string): Promise<string[] | null>;
  /** Where `readSubmitted` finds them, with the marks of their lines. */
  submittedFile(id: string): string;
  /** So that two processes neither send nor fetch the same run at once; null while it is held. */
  lock(name: string): Promise<Lock | null>;
  /** Calls `listener` soon after any process changed the journal, until it is closed. */
  watch(listener: () => void): { close(): void };
}

type Folder = 'open' | 'closed';

/** One change makes several events. */
const WATCH_SETTLE_MS = 50;

/**
 * Opens the journal in `stateDir`, and makes it where it is missing: one JSON file a run, under `open` while something is
 * still to be done for it and under `closed` afterwards. `onBroken` hears of a file that holds no run and was put aside.
 */
export async function openJournal(stateDir: string, onBroken: (file: string) => void = () => {}): Promise<Journal> {
  for (const folder of ['open', 'closed', 'ids', 'locks', 'broken']) await makeFolder(path.join(stateDir, folder));
  return new FileJournal(stateDir, onBroken);
}

class FileJournal implements Journal {
  constructor(
    readonly stateDir: string,
    readonly onBroken: (file: string) => void,
  ) {}

  async list(): Promise<Run[]> {
    // A run goes from open to closed: while it is in both, it is closed.
    const runs = [...(await this.#readFolder('open')), ...(await this.#readFolder('closed'))];
    return newestFirst([...new Map(runs.map((run) => [run.id, run])).values()]);
  }

  async listOpen(): Promise<Run[]> {
    return newestFirst(await this.#readFolder('open'));
  }

  async get(id: string): Promise<Run | undefined> {
    return (await this.#read(this.#file('closed', id))) ?? (await this.#read(this.#file('open', id)));
  }

  async put(run: Run): Promise<void> {
    const [to, from]: readonly [Folder, Folder] = OPEN_STATES.includes(run.state)
      ? ['open', 'closed']
      : ['closed', 'open'];
    await writeDurably(this.#file(to, run.id), `${JSON.stringify(run, null, 2)}\n`);
    await rm(this.#file(from, run.id), { force: true });
  }

  async update(id: string, changes: Partial<Run>, from?: RunState): Promise<Run> {
    const run = await this.get(id);
    if (!run) throw new Error(`The journal has no run ${id}.`);
    if (from && run.state !== from) return run;
    const changed = { ...run, ...changes };
    await this.put(changed);
    return changed;
  }

  async remove(id: string): Promise<void> {
    for (const file of [this.#file('open', id), this.#file('closed', id), this.submittedFile(id)])
      await rm(file, { force: true });
  }

  async putSubmitted(id: string, requests: readonly Submitted[]): Promise<void> {
    await writeDurably(this.submittedFile(id), writeSubmitted(requests));
  }

  async ids(id: string): Promise<string[] | null> {
    const text = await readFile(this.submittedFile(id), 'utf8').catch(() => null);
    return text === null ? null : readSubmitted(text).map(({ customId }) => customId);
  }

  submittedFile(id: string): string {
    return path.join(this.stateDir, 'ids', `${id}.txt`);
  }

  async lock(name: string): Promise<Lock | null> {
    const file = path.join(this.stateDir, 'locks', `${name}.lock`);
    try {
      return await takeLock(file);
    } catch (error) {
      throw toDiskError(error, `${file} cannot be written`);
    }
  }

  watch(listener: () => void): { close(): void } {
    return watchFolders([path.join(this.stateDir, 'open'), path.join(this.stateDir, 'closed')], listener);
  }

  #file(folder: Folder, id: string): string {
    return path.join(this.stateDir, folder, `${id}.json`);
  }

  async #readFolder(folder: Folder): Promise<Run[]> {
    const files = await jsonFilesIn(path.join(this.stateDir, folder));
    const runs = await Promise.all(files.map((file) => this.#read(file)));
    return runs.filter((run) => run !== undefined);
  }

  #read(file: string): Promise<Run | undefined> {
    return readRun(file, path.join(this.stateDir, 'broken'), this.onBroken);
  }
}

/** Earlier runs that sent the very same body and may have cost money, newest first: ask before buying it twice. */
export async function alreadySubmitted(journal: Journal, sha256: string): Promise<Run[]> {
  const runs = await journal.list();
  return runs.filter((run) => run.sha256 === sha256 && run.state !== 'not-sent' && !run.sandbox);
}

/** Closes a run whose batch or results the API does not have any more. */
export async function markLost(journal: Journal, run: Run, { message, requestId }: RunError): Promise<Run> {
  return journal.update(run.id, { state: 'lost', problem: { message, requestId } }, run.state);
}

function newestFirst(runs: Run[]): Run[] {
  return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

function watchFolders(folders: readonly string[], listener: () => void): { close(): void } {
  let settling: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) => {
    const watcher = watch(folder, (_event, name) => {
      if (!name?.endsWith('.json')) return;
      clearTimeout(settling);
      settling = setTimeout(listener, WATCH_SETTLE_MS);
    });
    // Some file systems cannot be watched: then a change is seen at the next look.
    return watcher.on('error', () => watcher.close());
  });
  return {
    close() {
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    },
  };
}
