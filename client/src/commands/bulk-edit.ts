import path from 'node:path';
import * as vscode from 'vscode';
import type { BulkEdit } from '../../../batch/bulk/bulk-edit';
import { outcomeSentence } from '../../../batch/bulk/outcome-words';
import { counted } from '../../../batch/wording';
import { editedPathFor, stemOf } from '../../../runs/results-path';
import { DeriveFiles, EditDocument, EditFile } from '../../../server/src/protocol';
import type { App } from '../app';
import { judgementOf } from '../judgement';
import { notice } from '../notice';
import { savedFile } from '../submission/saved-file';
import { targetFile } from '../target';
import { askWhatToEdit, type BulkWork } from './ask-bulk-edit';
import { writeRenamedIds } from './write-renamed-ids';

/** Edits many requests at once: an open file after a preview, one that is too large in a copy beside it. */
export async function bulkEdit(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const { context } = await judgementOf(file, app.models.table);
  const work = await askWhatToEdit(context.models);
  if (work) await carryOut(app, file, work);
}

/** Takes the blanks between tokens out of every line, after a preview. */
export async function minifyRequestLines(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (file) await carryOut(app, file, { title: 'Minify Request Lines', edit: { op: 'minify' } });
}

async function carryOut(app: App, file: vscode.Uri, work: BulkWork): Promise<void> {
  if ('derivation' in work) return derive(app, file, work);
  const { server } = app;
  const { edit, title } = work;
  const edited = await server.ask(EditDocument, { uri: server.asUri(file), edit, title });
  if (!edited) return editCopy(app, file, work);
  if (!edited.edit) return void notice.information(outcomeSentence(edited));
  const change = await server.asWorkspaceEdit(edited.edit);
  const isMade = await vscode.workspace.applyEdit(change, { isRefactoring: true });
  if (!isMade) return;
  if (edited.renamed.length > 0) await writeRenamedIds(app, { uri: server.asUri(file), renamings: edited.renamed });
  vscode.window.setStatusBarMessage(outcomeSentence(edited), 5000);
}

async function editCopy(app: App, file: vscode.Uri, { edit, title }: { edit: BulkEdit; title: string }): Promise<void> {
  const { server } = app;
  const copy = vscode.Uri.file(await editedPathFor(file.fsPath));
  const params = { uri: server.asUri(file), target: server.asUri(copy), edit };
  const edited = await server.work(title, EditFile, params);
  if (!edited) return;
  if (edited.renamed.length > 0) await writeRenamedIds(app, { uri: server.asUri(copy), renamings: edited.renamed });
  await offerToOpen(`${path.basename(copy.fsPath)}: ${outcomeSentence(edited)}`, copy);
}

async function derive(app: App, file: vscode.Uri, work: Extract<BulkWork, { derivation: unknown }>): Promise<void> {
  if (!(await savedFile(file))) return;
  const { server } = app;
  const place = vscode.Uri.file(path.join(path.dirname(file.fsPath), stemOf(file.fsPath)));
  const params = { uri: server.asUri(file), place: server.asUri(place), derivation: work.derivation };
  const files = await server.work(work.title, DeriveFiles, params);
  const [first] = files ?? [];
  if (!files || !first) return;
  const requests = files.reduce((sum, each) => sum + each.requests, 0);
  const names = files.length === 1 ? path.basename(first.path) : counted(files.length, 'file');
  await offerToOpen(`${counted(requests, 'request')} written to ${names}.`, vscode.Uri.file(first.path));
}

async function offerToOpen(message: string, file: vscode.Uri): Promise<void> {
  const open = 'Open';
  if ((await notice.information(message, open)) !== open) return;
  await vscode.commands.executeCommand('vscode.open', file);
}
