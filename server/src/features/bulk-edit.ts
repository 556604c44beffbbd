import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { BulkOutcome } from '../../../batch/bulk/bulk-edit';
import { BulkEditor } from '../../../batch/bulk/bulk-edit';
import { type DerivedFile, deriveFiles } from '../../../files/derive-files';
import { editFile } from '../../../files/edit-file';
import type { ClientFeatures } from '../client-features';
import { diskPathOf, onDisk } from '../disk-work';
import type { BatchDocument } from '../documents';
import type { DeriveFilesParams, DocumentEdited, EditDocumentParams, EditFileParams } from '../protocol';
import { toTextEdits, toWorkspaceEdit } from '../to-lsp';
import { editsOf } from './code-action';

/** A bulk edit of an open document, to be looked at before it is made. */
export function editDocument(
  document: BatchDocument,
  { edit, title }: EditDocumentParams,
  client: ClientFeatures,
): DocumentEdited {
  const editor = new BulkEditor(edit);
  const removed: number[] = [];
  const edits = document.lines.flatMap(({ text }, number) => {
    const outcome = editor.line(text, number);
    if (outcome === 'remove') removed.push(number);
    return outcome === 'remove' ? [] : toTextEdits(number, outcome);
  });
  const all = [...edits, ...editsOf(document, new Map(removed.map((line) => [line, [{ op: 'remove-line' }]])))];
  return { ...editor.outcome, edit: all.length > 0 ? toWorkspaceEdit(document, all, client, title) : null };
}

/** The same in a copy of a file of any size. Throws a ResponseError that says in one sentence why it could not be done. */
export function editOnDisk(
  params: EditFileParams,
  cancel: CancellationToken,
  { connection }: { readonly connection: Connection },
): Promise<BulkOutcome> {
  return onDisk(connection, 'Editing requests', params, cancel, (options) =>
    editFile(diskPathOf(params.uri), diskPathOf(params.target), [params.edit], options),
  );
}

/** New files of the requests of one. Throws as `editOnDisk` does. */
export function deriveOnDisk(
  params: DeriveFilesParams,
  cancel: CancellationToken,
  { connection }: { readonly connection: Connection },
): Promise<readonly DerivedFile[]> {
  const placeOf = (name: string): string => `${diskPathOf(params.place)}.${name}.batch.jsonl`;
  return onDisk(connection, 'Writing requests', params, cancel, (options) =>
    deriveFiles(diskPathOf(params.uri), placeOf, params.derivation, options),
  );
}
