import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { EXCERPT_SCHEME } from '../../batch/excerpt/scheme';
import { RECOGNISED_LINES, recognise } from '../../batch/recognise';
import { readHead } from '../../files/head';

/** Where batch files are documents. */
const SCHEMES: readonly string[] = ['file', 'untitled', EXCERPT_SCHEME];

/** VS Code hands larger documents to no extension: https://github.com/microsoft/vscode/issues/111849 */
export const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024;

/** Calls `found` once, when a batch file or a results file is open, or comes to be one while it is written. */
export function whenBatchFileShown(found: () => void): vscode.Disposable {
  const listeners: vscode.Disposable[] = [];
  const watch = vscode.Disposable.from({ dispose: () => vscode.Disposable.from(...listeners).dispose() });
  const decide = (isOurs: boolean): void => {
    if (!isOurs || listeners.length === 0) return;
    for (const listener of listeners.splice(0)) listener.dispose();
    found();
  };
  const lookAtTabs = (): void =>
    void Promise.all(largeFilesShown().map(isLargeBatchFile)).then((all) => decide(all.includes(true)));
  listeners.push(
    vscode.workspace.onDidOpenTextDocument((document) => decide(isBatchFile(document))),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.some(({ range }) => range.start.line < RECOGNISED_LINES)) decide(isBatchFile(document));
    }),
    vscode.window.tabGroups.onDidChangeTabs(lookAtTabs),
  );
  decide(vscode.workspace.textDocuments.some(isBatchFile));
  lookAtTabs();
  return watch;
}

/** The files in front, one of each editor group, that are open in no document: too large, or still being read. */
export function largeFilesShown(): vscode.Uri[] {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  return vscode.window.tabGroups.all
    .map(({ activeTab }) => activeTab?.input)
    .filter((input) => input instanceof vscode.TabInputText)
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === 'file' && /\.(jsonl|ndjson)$/i.test(uri.path) && !open.has(uri.toString()));
}

/** Whether a file is too large for a document and begins as a batch file does. */
export async function isLargeBatchFile(file: vscode.Uri): Promise<boolean> {
  try {
    return (await isTooLarge(file)) && isOurKind((await readHead(file.fsPath)).kind);
  } catch {
    return false;
  }
}

/** Whether VS Code has no document of a file; false where it cannot be read. */
export function isTooLarge({ fsPath }: vscode.Uri): Promise<boolean> {
  return stat(fsPath).then(
    ({ size }) => size > MAX_DOCUMENT_BYTES,
    () => false,
  );
}

function isBatchFile(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'jsonl' || !SCHEMES.includes(document.uri.scheme)) return false;
  const head = document.getText(new vscode.Range(0, 0, 4 * RECOGNISED_LINES, 0));
  return isOurKind(recognise(path.basename(document.uri.path), head));
}

const isOurKind = (kind: ReturnType<typeof recognise>): boolean => kind !== 'none';
