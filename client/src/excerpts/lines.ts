import type * as vscode from 'vscode';
import type { Path } from '../../../batch/finding';
import type { BlockLimits, LineBlock } from '../../../files/line-block';
import { documentAt } from '../open-files';
import { DiskLines } from './disk-lines';
import { DocumentLines } from './document-lines';
import type { EditsOnDisk } from './edits-on-disk';

/** The lines of a batch file, wherever they are: in an open document, saved or not, or on disk. */
export interface Lines {
  /** As `readBlock`. */
  read(line: number, limits: BlockLimits): Promise<LineBlock | null>;
  /** As `findBlock`. */
  find(block: LineBlock): Promise<LineBlock | null>;
  /** Puts other bytes in the place of a block that stands where it says. Throws NotWritableError. */
  replace(block: LineBlock, bytes: Buffer): Promise<void>;
  /** Where a JSON string, written the same, stands at a path of a request: offsets as blocks have them, ascending. */
  sharing(path: Path, token: string): Promise<number[]>;
  /** Puts another JSON string in the place of one that stands at these offsets. Throws NotWritableError. */
  replaceShared(starts: readonly number[], token: string, other: string): Promise<void>;
}

export function linesOf(file: vscode.Uri, edits: EditsOnDisk): Lines {
  const document = documentAt(file);
  return document ? new DocumentLines(document) : new DiskLines(file, edits);
}
