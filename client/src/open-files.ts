import * as vscode from 'vscode';

/** The document that is open for a URI; none for a file that is too large. */
export function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** A tab with changes that are not saved, of a file of any size. */
export function hasUnsavedTab(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(
    ({ input, isDirty }) => isDirty && input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
}
