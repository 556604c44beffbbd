import path from 'node:path';
import type * as vscode from 'vscode';
import { NotWritableError } from '../../../batch/excerpt/request-text';
import { type BlockLimits, findBlock, type LineBlock, readBlock } from '../../../files/line-block';
import { hasUnsavedTab } from '../open-files';
import type { EditsOnDisk } from './edits-on-disk';
import type { Lines } from './lines';

/** The lines of a file that is open in no document, of any size. */
export class DiskLines implements Lines {
  constructor(
    private readonly file: vscode.Uri,
    private readonly edits: EditsOnDisk,
  ) {}

  read(line: number, limits: BlockLimits): Promise<LineBlock | null> {
    return readBlock(this.file.fsPath, line, limits);
  }

  find(block: LineBlock): Promise<LineBlock | null> {
    return findBlock(this.file.fsPath, block);
  }

  async replace({ start, bytes }: LineBlock, replacement: Buffer): Promise<void> {
    if (hasUnsavedTab(this.file))
      throw new NotWritableError(
        `${path.basename(this.file.fsPath)} has unsaved changes in a tab of its own: save it first.`,
      );
    await this.edits.make(this.file, [{ start, before: bytes, after: replacement }]);
  }
}
