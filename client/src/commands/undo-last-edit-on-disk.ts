import path from 'node:path';
import { FileChangedError } from '../../../files/read-lines';
import type { App } from '../app';
import { notice } from '../notice';

/** Takes back the last edit that was written into a file which no editor holds. */
export async function undoLastEditOnDisk({ edits }: App): Promise<void> {
  try {
    const file = await edits.undoLast();
    const said = file
      ? `The last edit of ${path.basename(file.fsPath)} is undone.`
      : 'There is no edit on disk to undo.';
    void notice.information(said);
  } catch (error) {
    if (!(error instanceof FileChangedError)) throw error;
    const name = path.basename(error.path);
    void notice.warning(`${name} was changed since, so its last edit can no longer be undone.`);
  }
}
