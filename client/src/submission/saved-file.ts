import path from 'node:path';
import * as vscode from 'vscode';

/** What is sent is what lies on disk: offers to save an unsaved file; false where it stays unsaved. */
export async function savedFile(file: vscode.Uri): Promise<boolean> {
  const name = path.basename(file.fsPath);
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (!document) return !(await isUnsavedTab(file, name));
  if (!document.isDirty) return true;
  const answer = await vscode.window.showWarningMessage(
    `Save ${name} before it is submitted?`,
    { modal: true, detail: 'The file is sent as it lies on disk.' },
    'Save',
  );
  return answer === 'Save' && document.save();
}

/** A file that is too large for a document: only the person can save it. */
async function isUnsavedTab(file: vscode.Uri, name: string): Promise<boolean> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const unsaved = tabs.some(
    ({ input, isDirty }) => isDirty && input instanceof vscode.TabInputText && input.uri.toString() === file.toString(),
  );
  if (unsaved)
    await vscode.window.showWarningMessage(`${name} has changes that are not saved and not checked: save it first.`);
  return unsaved;
}
