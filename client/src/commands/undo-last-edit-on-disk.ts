import path from 'node:path';
import * as vscode from 'vscode';
import { FileChangedError } from '../../../files/read-lines';
import type { App } from '../app';

/** Takes back the last edit that was written into a file which no editor holds. */
export async function undoLastEditOnDisk({ edits }: App): Promise<void> {
  try {
    const file = await edits.undoLast();
    const said = file
      ? `The last edit of ${path.basename(file.fsPath)} is undone.`
      : 'There is no edit on disk to undo.';
    void vscode.window.showInformationMessage(said);
  } catch (error) {
    if (!(error instanceof FileChangedError)) throw error;
    const name = path.basename(error.path);
    void vscode.window.showWarningMessage(`${name} was changed since, so its last edit can no longer be undone.`);
  }
}
