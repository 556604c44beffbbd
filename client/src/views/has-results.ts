import * as vscode from 'vscode';
import type { App } from '../app';
import { newestResults } from '../newest-results';

/** Keeps the context key `messageBatches.activeFileHasResults` true, which the editor's title bar goes by. */
export function watchResults({ context, activeFile, runs }: Pick<App, 'context' | 'activeFile' | 'runs'>): void {
  const update = async (): Promise<void> => {
    const { uri, summary } = activeFile;
    const has =
      uri?.scheme === 'file' && summary?.kind === 'batch' && (await newestResults(uri, runs.all)) !== undefined;
    await vscode.commands.executeCommand('setContext', 'messageBatches.activeFileHasResults', has);
  };
  context.subscriptions.push(activeFile.onDidChange(update), runs.onDidChange(update));
  void update();
}
