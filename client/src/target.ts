import * as vscode from 'vscode';
import type { App } from './app';
import { fileOf } from './excerpts/excerpt';
import { notice } from './notice';

/**
 * The file that a command is about: what a menu, a lens or the tree handed over, else the one in front, of which a part may be
 * shown. Says so where there is none.
 */
export function targetFile(app: Pick<App, 'activeFile' | 'results'>, target: unknown): vscode.Uri | undefined {
  const named = asUri(target) ?? app.activeFile.uri ?? app.results.source;
  const file = named && fileOf(named);
  if (file?.scheme === 'file') return file;
  const advice =
    file?.scheme === 'untitled'
      ? 'Save the document first: only files are checked and sent.'
      : 'Open a batch file first.';
  void notice.warning(advice);
  return undefined;
}

function asUri(target: unknown): vscode.Uri | undefined {
  // The title bar of the results hands over the panel's own address.
  if (target instanceof vscode.Uri) return target.scheme === 'webview-panel' ? undefined : target;
  return typeof target === 'string' ? vscode.Uri.parse(target) : undefined;
}
