import { watch } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { recordOf, type Told } from './journal-records';
import { type Lock, lastHeld, waitForLock } from './lock';
import { addNews, dropNews, NEWS, WARNED } from './news';
import { partId, wholeOf } from './parts';
import { OPEN_STATES, type Run, type RunState } from './run';
import { RunError, toDiskError } from './run-error';
import { appendDurably, filesIn, makeFolder, moveDurably, readTold, writeDurably } from './run-files';
import { isOpen } from './run-words';
import { readSubmitted, type Submitted, writeSubmitted } from './submitted';

/** What we intend and know of every run, on disk, shared by all editors and terminals of a person. */
export interface Journal {
  readonly stateDir: string;
  /** All runs, newest first. */
  list(): Promise<Run[]>;
  /** Those in an open state, newest first. */
  listOpen(): Promise<Run[]>;
  get(id: string): Promise<Run | undefined>;
  /** A new run. Durable when it returns. Throws `RunError` `disk`. */
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
  /** What was submitted, in order; null where it is not known. */
  submitted(id: string): Promise<Submitted[] | null>;
  /** The same by ids only. */
  ids(id: string): Promise<string[] | null>;
  /** Where `readSubmitted` finds them, with the marks of their lines. */
  submittedFile(id: string): string;
  /** Before a run is sent once more: from here on its last bytes have not left. */
  dropSubmitted(id: string): Promise<void>;
  /** Whether the last bytes of a run in state `sending` may have left. Where its last record was cut off, they may. */
  mayHaveLeft(id: string): Promise<boolean>;
  /** So that two processes neither send nor fetch the same run at once; null while it is held, for `waitMs` at least. */
  lock(name: string, waitMs?: number): Promise<Lock | null>;
  /** When the holder of a lock was last seen to be alive, in milliseconds since 1970; null where nobody left one. */
  lastHeld(name: string): Promise<number | null>;
  /** Calls `listener` soon after any process changed the journal, until it is closed. */
  watch(listener: () => void): { close(): void };
}

type Folder = 'open' | 'closed';
const FOLDERS: readonly Folder[] = ['open', 'closed'];

/** One change makes several events. */
const WATCH_SETTLE_MS = 50;
/** A record is written within milliseconds. */
const WRITE_WAIT_MS = 20_000;
/** A file with more records is written anew, as one. */
const MOST_RECORDS = 400;
/** So many closed runs keep their ids and their history; of older ones the line for the accounts stays. */
const DETAILED_RUNS = 1_000;

/**
 * Opens the journal in `stateDir`, and makes it where it is missing: one file of records a run, under `open` while
 * something is still to be done for it and under `closed` afterwards. `onBroken` hears of a file of which something
 * cannot be read; what holds no run at all is put aside.
 */
export async function openJournal(stateDir: string, onBroken: (file: string) => void = () => {}): Promise<Journal> {
  const folders = ['open', 'closed', 'ids', 'locks', 'broken', ...NEWS, WARNED];
  for (const folder of folders) await makeFolder(path.join(stateDir, folder));
  return new FileJournal(stateDir, onBroken);
}

class FileJournal implements Journal {
  readonly #told = new Set<string>();

  constructor(
    readonly stateDir: string,
    readonly onBroken: (file: string) => void,
  ) {}

  async list(): Promise<Run[]> {
    // A run goes from open to closed: one that goes while both are read is in the second.
    const runs = [...(await this.#readFolder('open')), ...(await this.#readFolder('closed'))];
    return newestFirst(together([...new Map(runs.map((run) => [run.id, run])).values()]));
  }

  async listOpen(): Promise<Run[]> {
    const open = await this.#readFolder('open');
    // Some parts of a run that is open are closed.
    return open.some(({ plan }) => plan) ? (await this.list()).filter(isOpen) : newestFirst(open);
  }

  async get(id: string): Promise<Run | undefined> {
    const run = (await this.#find(id))?.told.run;
    return run ? this.#whole(run) : undefined;
  }

  async #whole(run: Run): Promise<Run> {
    if (!run.plan) return run;
    const parts = run.plan.map(async (_, i) => (await this.#find(partId(run.id, i + 1)))?.told.run ?? []);
    return wholeOf(run, (await Promise.all(parts)).flat());
  }

  async put(run: Run): Promise<void> {
    await writeDurably(this.#file(folderOf(run.state), run.id), recordOf(run));
    await this.#dropOldDetails();
  }

  async update(id: string, changes: Partial<Run>, from?: RunState): Promise<Run> {
    const lock = await waitForLock(this.#lockFile(`write-${id}`), WRITE_WAIT_MS).catch(this.#cannotLock);
    if (!lock) throw new RunError('disk', `Another process has been writing to the journal of ${id} for too long.`);
    try {
      const found = await this.#find(id);
      const run = found?.told.run;
      if (!found || !run) throw new RunError('disk', `The journal has no run ${id} any more.`);
      if (from && run.state !== from) return await this.#whole(run);
      const changed = { ...run, ...changes };
      await this.#write(found.folder, found.told, changed, changes);
      return await this.#whole(changed);
    } finally {
      await lock.release();
    }
  }

  async remove(id: string): Promise<void> {
    for (const part of (await this.get(id))?.parts ?? []) await this.remove(part.id);
    for (const file of [...FOLDERS.map((folder) => this.#file(folder, id)), this.submittedFile(id)])
      await rm(file, { force: true });
    await dropNews(this.stateDir, id);
  }

  async putSubmitted(id: string, requests: readonly Submitted[]): Promise<void> {
    await writeDurably(this.submittedFile(id), writeSubmitted(requests));
  }

  async submitted(id: string): Promise<Submitted[] | null> {
    const text = await readFile(this.submittedFile(id), 'utf8').catch(() => null);
    return text === null ? null : readSubmitted(text);
  }

  async ids(id: string): Promise<string[] | null> {
    return (await this.submitted(id))?.map(({ customId }) => customId) ?? null;
  }

  submittedFile(id: string): string {
    return path.join(this.stateDir, 'ids', `${id}.txt`);
  }

  async dropSubmitted(id: string): Promise<void> {
    await rm(this.submittedFile(id), { force: true });
  }

  async mayHaveLeft(id: string): Promise<boolean> {
    const told = (await this.#find(id))?.told;
    return told?.torn === true || Boolean(told?.run?.attempt?.released) || (await this.ids(id)) !== null;
  }

  async lock(name: string, waitMs = 0): Promise<Lock | null> {
    return waitForLock(this.#lockFile(name), waitMs).catch(this.#cannotLock);
  }

  lastHeld(name: string): Promise<number | null> {
    return lastHeld(this.#lockFile(name));
  }

  watch(listener: () => void): { close(): void } {
    return watchFolders(
      FOLDERS.map((folder) => path.join(this.stateDir, folder)),
      listener,
    );
  }

  readonly #cannotLock = (error: unknown): never => {
    throw toDiskError(error, `${path.join(this.stateDir, 'locks')} cannot be written`);
  };

  #file(folder: Folder, id: string): string {
    return path.join(this.stateDir, folder, `${id}.journal`);
  }

  #lockFile(name: string): string {
    return path.join(this.stateDir, 'locks', `${name}.lock`);
  }

  /** It may go from open to closed while it is looked for. */
  async #find(id: string): Promise<{ folder: Folder; told: Told } | undefined> {
    for (const folder of ['closed', 'open', 'closed'] as const) {
      const told = await this.#read(this.#file(folder, id));
      if (told) return { folder, told };
    }
    return undefined;
  }

  async #write(folder: Folder, told: Told, run: Run, changes: Partial<Run>): Promise<void> {
    const file = this.#file(folder, run.id);
    if (told.records < MOST_RECORDS) await appendDurably(file, told.end, recordOf(changes));
    else await writeDurably(file, recordOf(run));
    const to = folderOf(run.state);
    // Before it is moved: who sees it closed finds its news.
    if (isNews(told.run, run)) await addNews(this.stateDir, run.id);
    if (to !== folder) await moveDurably(file, this.#file(to, run.id));
  }

  async #readFolder(folder: Folder): Promise<Run[]> {
    const files = await filesIn(path.join(this.stateDir, folder), '.journal');
    const told = await Promise.all(files.map((file) => this.#read(file)));
    return told.flatMap((each) => each?.run ?? []);
  }

  async #read(file: string): Promise<Told | undefined> {
    const told = await readTold(file);
    // Without one whole record nothing has been sent yet; what a later version wrote is its own.
    if (!told || told.records === 0 || told.foreign) return told?.foreign ? undefined : told;
    if (told.damaged > 0 || !told.run) await this.#tellBroken(file, told);
    return told.run ? told : undefined;
  }

  async #tellBroken(file: string, { run }: Told): Promise<void> {
    const aside = run ? file : path.join(this.stateDir, 'broken', path.basename(file));
    if (!run) await rename(file, aside).catch(() => {});
    if (this.#told.has(file)) return;
    this.#told.add(file);
    this.onBroken(aside);
  }

  async #dropOldDetails(): Promise<void> {
    const ids = await readdir(path.join(this.stateDir, 'ids')).catch(() => []);
    if (ids.length <= DETAILED_RUNS) return;
    // Names begin with the time.
    for (const name of ids.sort().slice(0, ids.length - DETAILED_RUNS)) {
      const id = name.replace(/\.txt$/, '');
      const told = await this.#read(this.#file('closed', id));
      if (!told?.run) continue;
      await writeDurably(this.#file('closed', id), recordOf(told.run));
      await this.dropSubmitted(id);
    }
  }
}

/** Parts with what they are parts of. One whose whole cannot be read stands for itself: its batch is not forgotten. */
function together(files: readonly Run[]): Run[] {
  const wholes = new Set(files.flatMap(({ id, plan }) => (plan ? [id] : [])));
  const partsOf = new Map<string, Run[]>();
  for (const run of files) if (run.part) partsOf.set(run.part.run, [...(partsOf.get(run.part.run) ?? []), run]);
  return files
    .filter(({ part }) => !part || !wholes.has(part.run))
    .map((run) => (run.plan ? wholeOf(run, partsOf.get(run.id) ?? []) : run));
}

const folderOf = (state: RunState): Folder => (OPEN_STATES.includes(state) ? 'open' : 'closed');

/** It ended, or what was taken for its batch turned out not to be: nobody has to be watching. */
function isNews(before: Run | null, { state, part }: Run): boolean {
  if (part || !before || !OPEN_STATES.includes(before.state)) return false;
  return state === 'fetched' || state === 'lost' || (state === 'not-sent' && before.state === 'ended');
}

function newestFirst(runs: Run[]): Run[] {
  return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

function watchFolders(folders: readonly string[], listener: () => void): { close(): void } {
  let settling: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) => {
    const watcher = watch(folder, (_event, name) => {
      if (!name?.endsWith('.journal')) return;
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
