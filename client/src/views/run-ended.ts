import * as vscode from 'vscode';
import { endSentence } from '../../../runs/run-words';
import type { App } from '../app';
import { notify } from '../settings';
import { isTold } from '../text/notify';

/** One notification at a run's end, where the person wants one. A poll that fails makes none. */
export function announceEnds({ context, runs }: Pick<App, 'context' | 'runs'>): void {
  const announced = new Set<string>();
  context.subscriptions.push(
    runs.onDidEnd(async (run) => {
      if (announced.has(run.id)) return;
      announced.add(run.id);
      if (!isTold(run, notify())) return;
      if (run.state !== 'fetched') return void vscode.window.showWarningMessage(endSentence(run));
      const chosen = await vscode.window.showInformationMessage(endSentence(run), 'Open Results', 'Show Summary');
      if (chosen === 'Show Summary') await vscode.commands.executeCommand('messageBatches.showSummary', run);
      else if (chosen) await vscode.commands.executeCommand('messageBatches.openResults', run);
    }),
  );
}
