import path from 'node:path';
import type * as vscode from 'vscode';
import { type Replacement, replaceInFile } from '../../../files/rewrite';
import { withFileProgress } from '../file-progress';

/** What would take an edit of a file back. */
interface EditOnDisk {
  readonly file: vscode.Uri;
  readonly undo: readonly Replacement[];
}

/** More would only keep memory. */
const MOST_EDITS = 50;

/** The edits that were made to files on disk, for which no editor keeps an undo. */
export class EditsOnDisk {
  readonly #made: EditOnDisk[] = [];

  /** Throws as `replaceInFile`; a stop by the person throws too, and leaves the file as it is. */
  async make(file: vscode.Uri, replacements: readonly Replacement[]): Promise<void> {
    await replaceWithProgress(file, replacements);
    let shift = 0;
    const undo = replacements.map(({ start, before, after }) => {
      const reversed = { start: start + shift, before: after, after: before };
      shift += after.length - before.length;
      return reversed;
    });
    this.#made.push({ file, undo });
    if (this.#made.length > MOST_EDITS) this.#made.shift();
  }

  /** The file whose last edit was taken back; undefined where there is none. Throws as `replaceInFile`. */
  async undoLast(): Promise<vscode.Uri | undefined> {
    const last = this.#made.at(-1);
    if (!last) return undefined;
    await replaceWithProgress(last.file, last.undo);
    this.#made.pop();
    return last.file;
  }
}

function replaceWithProgress(file: vscode.Uri, replacements: readonly Replacement[]): Promise<void> {
  const title = `Writing ${path.basename(file.fsPath)}`;
  return withFileProgress(file, title, (options) => replaceInFile(file.fsPath, replacements, options));
}
