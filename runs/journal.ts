import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isObject } from '../batch/json';
import { type Lock, takeLock } from './lock';
import { OPEN_STATES, RUN_STATES, type Run, type RunState } from './run';
import { type RunError, toDiskError } from './run-error';

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
  /** The submitted ids in order: on disk before the last bytes of the create body leave. */
  putIds(id: string, customIds: readonly string[]): Promise<void>;
  ids(id: string): Promise<string[] | null>;
  /** So that two processes neither send nor fetch the same run at once; null while it is held. */
  lock(name: string): Promise<Lock | null>;
  /** Calls `listener` soon after any process changed the journal, until it is closed. */
  watch(listener: () => void): { close(): void };
}

type Folder = 'open' | 'closed';
const FOLDERS: readonly Folder[] = ['closed', 'open'];

/** One change makes several events. */
const WATCH_SETTLE_MS = 50;

/**
 * Opens the journal in `stateDir`, and makes it where it is missing: one JSON file a run, under `open` while something is
 * still to be done for it and under `closed` afterwards. `onBroken` hears of a file that holds no run and was put aside.
 */
export async function openJournal(stateDir: string, onBroken: (file: string) => void = () => {}): Promise<Journal> {
  const fileOf = (folder: string, id: string) => path.join(stateDir, folder, `${id}.json`);
  const idsFile = (id: string) => path.join(stateDir, 'ids', `${id}.txt`);
  for (const folder of [...FOLDERS, 'ids', 'locks', 'broken']) await makeFolder(path.join(stateDir, folder));

  async function readRun(folder: Folder, id: string): Promise<Run | undefined> {
    const file = fileOf(folder, id);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return undefined;
    const run = parseRun(text);
    if (run !== 'broken') return run;
    const aside = fileOf('broken', id);
    await rename(file, aside).catch(() => {});
    onBroken(aside);
    return undefined;
  }

  async function readFolder(folder: Folder): Promise<Run[]> {
    const names = await readdir(path.join(stateDir, folder)).catch(() => []);
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => path.basename(name, '.json'));
    const runs = await Promise.all(ids.map((id) => readRun(folder, id)));
    return runs.filter((run) => run !== undefined);
  }

  async function get(id: string): Promise<Run | undefined> {
    // A run only ever goes from open to closed: while it is in both, it is closed.
    return (await readRun('closed', id)) ?? (await readRun('open', id));
  }

  async function put(run: Run): Promise<void> {
    const open = OPEN_STATES.includes(run.state);
    await writeDurably(fileOf(open ? 'open' : 'closed', run.id), `${JSON.stringify(run, null, 2)}\n`);
    await rm(fileOf(open ? 'closed' : 'open', run.id), { force: true });
  }

  return {
    stateDir,
    async list() {
      const runs = new Map(
        [...(await readFolder('open')), ...(await readFolder('closed'))].map((run) => [run.id, run]),
      );
      return newestFirst([...runs.values()]);
    },
    listOpen: async () => newestFirst(await readFolder('open')),
    get,
    put,
    async update(id, changes, from) {
      const run = await get(id);
      if (!run) throw new Error(`The journal has no run ${id}.`);
      if (from && run.state !== from) return run;
      const changed = { ...run, ...changes };
      await put(changed);
      return changed;
    },
    async remove(id) {
      for (const file of [fileOf('open', id), fileOf('closed', id), idsFile(id)]) await rm(file, { force: true });
    },
    putIds: (id, customIds) => writeDurably(idsFile(id), customIds.map((customId) => `${customId}\n`).join('')),
    async ids(id) {
      const text = await readFile(idsFile(id), 'utf8').catch(() => null);
      return text === null ? null : text.split('\n').slice(0, -1);
    },
    async lock(name) {
      const file = path.join(stateDir, 'locks', `${name}.lock`);
      try {
        return await takeLock(file);
      } catch (error) {
        throw toDiskError(error, `${file} cannot be written`);
      }
    },
    watch: (listener) =>
      watchFolders(
        FOLDERS.map((folder) => path.join(stateDir, folder)),
        listener,
      ),
  };
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

function newestFirst(runs: Run[]): Run[] {
  return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toDiskError(error, `The journal folder ${folder} cannot be made`);
  }
}

/** Written beside, synced, then renamed: a reader sees the old text or the new, and a crash leaves one of them. */
async function writeDurably(file: string, text: string): Promise<void> {
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
