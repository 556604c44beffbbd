import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Replacement } from './rewrite';

/** An edit of a file on disk, by what takes it back. */
export interface EditMade {
  /** Absolute path of the file. */
  readonly path: string;
  /** What the file is after the edit, in hexadecimal: another one was changed since. */
  readonly sha256: string;
  readonly undo: readonly Replacement[];
}

/** More would only keep what nobody goes back to. */
const MOST_EDITS = 50;

/**
 * The edits that were made on disk, as files of a folder: the last one can be taken back after a restart too. They hold parts
 * of requests, and are for their owner alone.
 */
export class EditsMade {
  constructor(private readonly folder: string) {}

  /** `at` is in milliseconds since 1970; older ones than there is room for are forgotten. */
  async add(edit: EditMade, at: number): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const names = await this.#names();
    const part = join(this.folder, `.${randomUUID()}.part`);
    await writeFile(part, JSON.stringify(stored(edit)), { mode: 0o600 });
    await rename(part, join(this.folder, nameAfter(names.at(-1), at)));
    for (const name of names.slice(0, Math.max(0, names.length + 1 - MOST_EDITS))) await this.#forget(name);
  }

  /** The last one, and what forgets it; undefined where there is none that can be read. */
  async last(): Promise<{ readonly edit: EditMade; forget(): Promise<void> } | undefined> {
    for (const name of (await this.#names()).reverse()) {
      const edit = restored(await readFile(join(this.folder, name), 'utf8').catch(() => ''));
      if (edit) return { edit, forget: () => this.#forget(name) };
      await this.#forget(name);
    }
    return undefined;
  }

  /** Oldest first. */
  async #names(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => /^\d{15}\.json$/.test(name)).sort();
  }

  #forget(name: string): Promise<void> {
    return rm(join(this.folder, name), { force: true });
  }
}

/** Names go up, also where two edits fall into one millisecond or a clock was set back. */
function nameAfter(last: string | undefined, at: number): string {
  const number = Math.max(at, last === undefined ? 0 : Number(last.slice(0, 15)) + 1);
  return `${String(number).padStart(15, '0')}.json`;
}

/** Texts stand once, however often they are replaced. */
interface Stored {
  readonly path: string;
  readonly sha256: string;
  /** Base64. */
  readonly texts: readonly string[];
  /** Where, and the indexes of what stands there and of what stood there before. */
  readonly undo: readonly (readonly [start: number, before: number, after: number])[];
}

function stored({ path, sha256, undo }: EditMade): Stored {
  const texts = new Map<string, number>();
  const indexOf = (bytes: Buffer): number => {
    const text = bytes.toString('base64');
    if (!texts.has(text)) texts.set(text, texts.size);
    return texts.get(text) ?? 0;
  };
  const places = undo
    .map(narrowed)
    .map(({ start, before, after }) => [start, indexOf(before), indexOf(after)] as const);
  return { path, sha256, texts: [...texts.keys()], undo: places };
}

/** Undefined for what is no such edit. */
function restored(text: string): EditMade | undefined {
  try {
    const { path, sha256, texts, undo } = JSON.parse(text) as Stored;
    const bytes = texts.map((base64) => Buffer.from(base64, 'base64'));
    const at = (index: number): Buffer => bytes[index] ?? Buffer.alloc(0);
    return {
      path,
      sha256,
      undo: undo.map(([start, before, after]) => ({ start, before: at(before), after: at(after) })),
    };
  } catch {
    return undefined;
  }
}

/** Without the bytes at both ends that stay as they are. */
function narrowed({ start, before, after }: Replacement): Replacement {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    start: start + head,
    before: before.subarray(head, before.length - tail),
    after: after.subarray(head, after.length - tail),
  };
}
