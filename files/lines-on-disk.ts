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

  /**
   * Calls `use` with what finds places in lines, and returns what it returns. Throws FileChangedError where the file is no
   * longer what it was.
   */
  locating<T>(path: string, identity: FileIdentity, use: (locate: Locate) => T): T {
    const file = openSync(path, 'r');
    try {
      const text = (line: number) => this.#read(file, line);
      let last = { line: -1, ...this.#read(file, -1) };
      const result = use((line, place) => {
        if (place.at === 'difference') return differenceIn(text(line).text, text(place.from).text, place.path);
        if (last.line !== line) last = { line, ...this.#read(file, line) };
        return rangeOf(last.text, place, last.tree);
      });
      if (!isSame(identity, identityIn(fstatSync(file)))) throw new FileChangedError(path);
      return result;
    } finally {
      closeSync(file);
    }
  }

  #read(file: number, line: number) {
    const bytes = Buffer.alloc(this.#lengths[line] ?? 0);
    readSync(file, bytes, 0, bytes.length, this.#starts[line] ?? 0);
    const text = bytes.toString('utf8');
    return { text, tree: parseTree(text) };
  }
}
