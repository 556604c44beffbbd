import path from 'node:path';
import * as vscode from 'vscode';
import { excerptOf } from '../excerpts/excerpt';
import { notice } from '../notice';
import { documentAt, hasUnsavedTab } from '../open-files';

/** What is sent or read is what lies on disk: offers to save an unsaved file and its excerpts; false where one stays unsaved. */
export async function savedFile(file: vscode.Uri): Promise<boolean> {
  const name = path.basename(file.fsPath);
  const excerpts = vscode.workspace.textDocuments.filter(
    ({ uri }) => excerptOf(uri)?.file.toString() === file.toString(),
  );
  for (const excerpt of excerpts) if (!(await savedDocument(excerpt))) return false;
  const document = documentAt(file);
  if (document) return savedDocument(document);
  if (!hasUnsavedTab(file)) return true;
  // A file that is too large for a document: only the person can save it.
  await notice.warning(`${name} has changes that are not saved and not checked: save it first.`);
  return false;
}

async function savedDocument(document: vscode.TextDocument): Promise<boolean> {
  if (!document.isDirty) return true;
  const answer = await vscode.window.showWarningMessage(
    `Save ${path.basename(document.uri.path)} first?`,
    { modal: true, detail: 'The file is taken as it lies on disk.' },
    'Save',
  );
  return answer === 'Save' && document.save();
}
