import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app';
import { excerptOf } from '../excerpts/excerpt';
import { diskNote, type Note } from '../text/disk-state';
import { fileStatus, type Status, uncheckedStatus } from '../text/file-status';

/** What the batch file in front holds and costs. */
export function showFileStatus({
  context,
  activeFile,
  largeFiles,
}: Pick<App, 'context' | 'activeFile' | 'largeFiles'>): void {
  const item = vscode.window.createStatusBarItem('messageBatches.file', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Message Batches: File';
  const update = (): void => {
    const { uri, summary } = activeFile;
    const state = uri && largeFiles.stateOf(uri);
    const note = uri && (excerptNote(uri) ?? (state && diskNote(state)));
    const isChecking = state?.kind === 'checking';
    void vscode.commands.executeCommand('setContext', 'messageBatches.isChecking', isChecking);
    const name = path.basename(uri?.path ?? '');
    if (summary?.kind === 'batch') {
      item.command = isChecking ? STOP : 'messageBatches.showCostBreakdown';
      setStatus(item, fileStatus(name, summary, note));
    } else if (!summary && note) {
      item.command = isChecking ? STOP : 'messageBatches.checkFile';
      setStatus(item, uncheckedStatus(name, note));
    } else item.hide();
  };
  context.subscriptions.push(item, activeFile.onDidChange(update), largeFiles.onDidChange(update));
  update();
}

const STOP = 'messageBatches.stopCheck';

/** What is judged of an excerpt is judged alone: an id that other requests have too is found in the file only. */
function excerptNote(uri: vscode.Uri): Note | undefined {
  const excerpt = excerptOf(uri);
  return excerpt && { said: `part of ${path.basename(excerpt.file.path)}, checked by itself` };
}

/** Leaves an item alone that says the same already: a tooltip that is being read would close. */
export function setStatus(item: vscode.StatusBarItem, { text, tooltip, spoken }: Status): void {
  const shown = item.tooltip instanceof vscode.MarkdownString ? item.tooltip.value : '';
  if (item.text !== text) item.text = text;
  if (shown !== tooltip) item.tooltip = new vscode.MarkdownString(tooltip, true);
  item.accessibilityInformation = { label: spoken };
  item.show();
}
