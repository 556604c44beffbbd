import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { applyChanges } from '../batch/apply-edits';
import { type BulkEdit, BulkEditor, type BulkOutcome } from '../batch/bulk/bulk-edit';
import { LineSplitter, type RawLine } from './line-splitter';
import { FileChangedError, type ReadOptions, readChunks } from './read-lines';
import { writeLike } from './rewrite';

/**
 * Writes a file of any size to a new file `target` with a bulk edit carried out; the bytes of all lines that it does not name
 * stay as they are. The file appears whole or not at all. Throws EEXIST where `target` exists, and what `readChunks` throws.
 */
export async function editFile(
  source: string,
  target: string,
  edit: BulkEdit,
  options: ReadOptions = {},
): Promise<BulkOutcome> {
  const editor = new BulkEditor(edit);
  await writeLike(source, target, editedLines(source, editor, options));
  return editor.outcome;
}

async function* editedLines(source: string, editor: BulkEditor, options: ReadOptions): AsyncGenerator<Buffer> {
  const { size, mtimeMs } = await stat(source);
  const splitter = new LineSplitter();
  let number = 0;
  const edited = (lines: readonly RawLine[]): Buffer =>
    Buffer.concat(lines.flatMap((line) => editedLine(line, editor, number++)));
  for await (const chunk of readChunks(source, options)) yield edited(splitter.push(chunk));
  yield edited(splitter.end());
  const after = await stat(source);
  if (size !== after.size || mtimeMs !== after.mtimeMs) throw new FileChangedError(source);
}

function editedLine({ bytes, eol, mark }: RawLine, editor: BulkEditor, number: number): Uint8Array[] {
  const before = mark ? [BYTE_ORDER_MARK] : [];
  // What is no UTF-8 would not come out as it went in.
  if (!isUtf8(bytes)) return [...before, bytes, Buffer.from(eol)];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const outcome = editor.line(text, number);
  if (outcome === 'remove') return before;
  const edited = outcome.length === 0 ? bytes : Buffer.from(applyChanges(text, outcome));
  return [...before, edited, Buffer.from(eol)];
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
