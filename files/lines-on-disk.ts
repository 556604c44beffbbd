import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { differenceIn } from '../batch/difference';
import { parseTree, rangeOf } from '../batch/json-tree';
import type { Locate } from '../batch/problems';
import { FileChangedError, type FileIdentity, identityIn, isSame } from './read-lines';

/** Where the lines of a file stand, so that single ones can be read again. */
export class LinesOnDisk {
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];

  /** Adds the lines that come next: where each begins, and its length in bytes. */
  add(starts: readonly number[], lengths: readonly number[]): void {
    for (const start of starts) this.#starts.push(start);
    for (const length of lengths) this.#lengths.push(length);
  }

  /** Calls `use` with what reads the text of a line, and returns what it returns. Throws as `locating`. */
  reading<T>(path: string, identity: FileIdentity, use: (textOf: (line: number) => string) => T): T {
    return opened(path, identity, (file) => use((line) => this.#text(file, line)));
  }

  /**
   * Calls `use` with what finds places in lines, and returns what it returns. Throws FileChangedError where the file is no
   * longer what it was.
   */
  locating<T>(path: string, identity: FileIdentity, use: (locate: Locate) => T): T {
    return opened(path, identity, (file) => {
      let last = { line: -1, ...this.#read(file, -1) };
      return use((line, place) => {
        if (place.at === 'difference')
          return differenceIn(this.#text(file, line), this.#text(file, place.from), place.path);
        if (last.line !== line) last = { line, ...this.#read(file, line) };
        return rangeOf(last.text, place, last.tree);
      });
    });
  }

  #read(file: number, line: number) {
    const text = this.#text(file, line);
    return { text, tree: parseTree(text) };
  }

  #text(file: number, line: number): string {
    const bytes = Buffer.alloc(this.#lengths[line] ?? 0);
    readSync(file, bytes, 0, bytes.length, this.#starts[line] ?? 0);
    return bytes.toString('utf8');
  }
}

function opened<T>(path: string, identity: FileIdentity, use: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    const result = use(file);
    if (!isSame(identity, identityIn(fstatSync(file)))) throw new FileChangedError(path);
    return result;
  } finally {
    closeSync(file);
  }
}
