import path from 'node:path';
import * as vscode from 'vscode';
import { type Replacement, replaceInFile } from '../../../files/rewrite';

/** What would take an edit of a file back. */
interface EditOnDisk {
  readonly file: vscode.Uri;
  readonly undo: readonly Replacement[];
}

/** More would only keep memory. */
const MOST_EDITS = 50;

/** Files above this size are worth a notification with a button to stop, in bytes. */
const LARGE_BYTES = 100_000_000;

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

async function replaceWithProgress(file: vscode.Uri, replacements: readonly Replacement[]): Promise<void> {
  const { size } = await vscode.workspace.fs.stat(file);
  const { Notification, Window } = vscode.ProgressLocation;
  const location = size > LARGE_BYTES ? Notification : Window;
  const title = `Writing ${path.basename(file.fsPath)}`;
  await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    let reported = 0;
    const onProgress = (bytes: number, total: number): void => {
      const percentage = (100 * bytes) / total;
      progress.report({ increment: percentage - reported });
      reported = percentage;
    };
    return replaceInFile(file.fsPath, replacements, { signal: stop.signal, onProgress });
  });
}
