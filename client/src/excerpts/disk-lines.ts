import { basename } from 'node:path';
import type * as vscode from 'vscode';
import { NotWritableError } from '../../../batch/excerpt/request-text';
import type { Path } from '../../../batch/finding';
import { type BlockLimits, findBlock, type LineBlock, readBlock } from '../../../files/line-block';
import type { Replacement } from '../../../files/rewrite';
import { sharedText } from '../../../files/shared-text';
import { withFileProgress } from '../file-progress';
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

  replace({ start, bytes }: LineBlock, replacement: Buffer): Promise<void> {
    return this.#write([{ start, before: bytes, after: replacement }]);
  }

  sharing(path: Path, token: string): Promise<number[]> {
    const { fsPath } = this.file;
    const title = `Looking for the same text in ${basename(fsPath)}`;
    return withFileProgress(this.file, title, (options) => sharedText(fsPath, path, token, options));
  }

  replaceShared(starts: readonly number[], token: string, other: string): Promise<void> {
    const [before, after] = [Buffer.from(token), Buffer.from(other)];
    return this.#write(starts.map((start) => ({ start, before, after })));
  }

  async #write(replacements: readonly Replacement[]): Promise<void> {
    if (hasUnsavedTab(this.file))
      throw new NotWritableError(
        `${basename(this.file.fsPath)} has unsaved changes in a tab of its own: save it first.`,
      );
    await this.edits.make(this.file, replacements);
  }
}
