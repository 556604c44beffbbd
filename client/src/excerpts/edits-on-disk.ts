import path from 'node:path';
import * as vscode from 'vscode';
import { EditsMade } from '../../../files/edits-made';
import { FileChangedError } from '../../../files/read-lines';
import { type Replacement, type ReplaceOptions, replaceInFile } from '../../../files/rewrite';
import { withFileProgress } from '../file-progress';

/** The edits that were made to files on disk, for which no editor keeps an undo. They outlive the window. */
export class EditsOnDisk {
  readonly #made: EditsMade;

  /** Those of one workspace are no business of another. */
  constructor({ storageUri, globalStorageUri }: Pick<vscode.ExtensionContext, 'storageUri' | 'globalStorageUri'>) {
    this.#made = new EditsMade(vscode.Uri.joinPath(storageUri ?? globalStorageUri, 'edits-on-disk').fsPath);
  }

  /** Throws as `replaceInFile`; a stop by the person throws too, and leaves the file as it is. */
  async make(file: vscode.Uri, replacements: readonly Replacement[]): Promise<void> {
    const sha256 = await replaceWithProgress(file, replacements);
    let shift = 0;
    const undo = replacements.map(({ start, before, after }) => {
      const reversed = { start: start + shift, before: after, after: before };
      shift += after.length - before.length;
      return reversed;
    });
    await this.#made.add({ path: file.fsPath, sha256, undo }, Date.now());
  }

  /**
   * The file whose last edit was taken back; undefined where there is none. Throws as `replaceInFile`, FileChangedError also
   * where anything else of the file was changed since; then the edit is forgotten.
   */
  async undoLast(): Promise<vscode.Uri | undefined> {
    const last = await this.#made.last();
    if (!last) return undefined;
    const { path: fsPath, sha256, undo } = last.edit;
    const file = vscode.Uri.file(fsPath);
    try {
      await replaceWithProgress(file, undo, { sha256 });
    } catch (error) {
      if (error instanceof FileChangedError) await last.forget();
      throw error;
    }
    await last.forget();
    return file;
  }
}

function replaceWithProgress(
  file: vscode.Uri,
  replacements: readonly Replacement[],
  asked: ReplaceOptions = {},
): Promise<string> {
  const title = `Writing ${path.basename(file.fsPath)}`;
  return withFileProgress(file, title, (options) => replaceInFile(file.fsPath, replacements, { ...asked, ...options }));
}
