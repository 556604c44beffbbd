import * as vscode from 'vscode';

/** The script of the thread that works through results. */
export function resultsThread({ extensionUri }: Pick<vscode.ExtensionContext, 'extensionUri'>): string {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'results-worker.js').fsPath;
}
