import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { applyChanges } from '../batch/apply-edits';
import { type BulkEdit, BulkEditor, type BulkOutcome } from '../batch/bulk/bulk-edit';
import { LineSplitter, type RawLine } from './line-splitter';
import { FileChangedError, type ReadOptions, readChunks } from './read-lines';
import { writeLike } from './rewrite';

/**
 * Writes a file of any size to a new file `target` with bulk edits carried out one after the other; the bytes of all lines
 * that they do not name stay as they are. The file appears whole or not at all. Throws EEXIST where `target` exists, and what `readChunks` throws.
 */
export async function editFile(
  source: string,
  target: string,
  edits: readonly BulkEdit[],
  options: ReadOptions = {},
): Promise<BulkOutcome> {
  const editors = edits.map((edit) => new BulkEditor(edit));
  const edited = { lines: 0 };
  await writeLike(source, target, editedLines(source, editors, edited, options));
  const outcomes = editors.map(({ outcome }) => outcome);
  return {
    changed: edited.lines,
    removed: outcomes.reduce((sum, { removed }) => sum + removed, 0),
    refused: outcomes.reduce((sum, { refused }) => sum + refused, 0),
    renamed: outcomes.flatMap(({ renamed }) => renamed),
  };
}

async function* editedLines(
  source: string,
  editors: readonly BulkEditor[],
  count: { lines: number },
  options: ReadOptions,
): AsyncGenerator<Buffer> {
  const { size, mtimeMs } = await stat(source);
  const splitter = new LineSplitter();
  let number = 0;
  const edited = (lines: readonly RawLine[]): Buffer =>
    Buffer.concat(
      lines.flatMap((line) => {
        const text = editedText(line.bytes, editors, number++);
        if (text !== undefined) count.lines++;
        const mark = line.mark ? [BYTE_ORDER_MARK] : [];
        return text === null
          ? mark
          : [...mark, text === undefined ? line.bytes : Buffer.from(text), Buffer.from(line.eol)];
      }),
    );
  for await (const chunk of readChunks(source, options)) yield edited(splitter.push(chunk));
  yield edited(splitter.end());
  const after = await stat(source);
  if (size !== after.size || mtimeMs !== after.mtimeMs) throw new FileChangedError(source);
}

/** What becomes of a line: null where it goes, undefined where it stays as it is. */
function editedText(bytes: Uint8Array, editors: readonly BulkEditor[], number: number): string | null | undefined {
  // What is no UTF-8 would not come out as it went in.
  if (!isUtf8(bytes)) return undefined;
  const original = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  let text = original;
  for (const editor of editors) {
    const outcome = editor.line(text, number, original);
    if (outcome === 'remove') return null;
    text = applyChanges(text, outcome);
  }
  return text === original ? undefined : text;
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
