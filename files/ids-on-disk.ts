import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readHead } from './head';
import type { RawLine } from './line-splitter';
import { type FileIdentity, isSame, readLines } from './read-lines';

/** A request by its `custom_id`, in a file that is open nowhere. */
export interface IdOnDisk {
  readonly path: string;
  readonly customId: string;
  /** 0-based. */
  readonly line: number;
}

/** What is looked through: enough for the batch files of a workspace, and never all of a disk. */
const MOST_ENTRIES = 20_000;
const MOST_DEPTH = 8;
const MOST_BYTES = 256_000_000;
/** The list of files is made anew after so long, in ms: an editor asks again with every letter. */
const LIST_KEPT = 5000;

/** The ids in the batch files of some folders, read when they are first asked for, and again when a file has changed. */
export class IdsOnDisk {
  readonly #known = new Map<string, FileIdentity & { readonly ids: readonly (string | null)[] }>();
  #listed: { readonly folders: string; readonly at: number; readonly files: readonly string[] } | undefined;

  constructor(private readonly idOf: (line: Uint8Array) => string | null) {}

  /** Those that are wanted, file by file, the small ones first. What cannot be read has none. Throws the signal's reason. */
  async *find(
    folders: readonly string[],
    isWanted: (customId: string) => boolean,
    { isLeftOut, signal }: { isLeftOut(path: string): boolean; readonly signal: AbortSignal },
  ): AsyncGenerator<IdOnDisk> {
    for (const path of await this.#batchFiles(folders, signal)) {
      if (isLeftOut(path)) continue;
      const ids = await this.#idsIn(path, signal);
      for (const [line, customId] of ids.entries()) {
        if (customId !== null && isWanted(customId)) yield { path, customId, line };
      }
    }
  }

  async #idsIn(path: string, signal: AbortSignal): Promise<readonly (string | null)[]> {
    try {
      const { size, mtimeMs } = await stat(path);
      const known = this.#known.get(path);
      if (known && isSame(known, { size, mtimeMs })) return known.ids;
      const ids: (string | null)[] = [];
      const take = ({ bytes }: RawLine): void => void ids.push(this.idOf(bytes));
      if ((await readHead(path)).kind === 'batch') await readLines(path, take, { signal });
      this.#known.set(path, { size, mtimeMs, ids });
      return ids;
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }

  async #batchFiles(folders: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const name = folders.join('\n');
    const listed = this.#listed;
    if (listed?.folders === name && Date.now() - listed.at < LIST_KEPT) return listed.files;
    const files = await linesFilesIn(folders, signal);
    for (const path of this.#known.keys()) if (!files.includes(path)) this.#known.delete(path);
    this.#listed = { folders: name, at: Date.now(), files };
    return files;
  }
}

/** JSON Lines files, the small ones first, as many as there is room for. */
async function linesFilesIn(folders: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found: { path: string; size: number }[] = [];
  let entries = 0;
  let level = [...new Set(folders)];
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      signal.throwIfAborted();
      const inside = await readdir(folder, { withFileTypes: true }).catch(() => []);
      entries += inside.length;
      if (entries > MOST_ENTRIES) break;
      for (const entry of inside) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name)) next.push(path);
        if (!entry.isFile() || !/\.(jsonl|ndjson)$/i.test(entry.name)) continue;
        const { size } = await stat(path).catch(() => ({ size: 0 }));
        found.push({ path, size });
      }
    }
    level = next;
  }
  let bytes = 0;
  const fitting = found
    .sort((a, b) => a.size - b.size)
    .filter(({ size }) => {
      bytes += size;
      return bytes <= MOST_BYTES;
    });
  return fitting.map(({ path }) => path);
}
