import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';

/** Opens the file that a batch was made of. */
export async function revealSource(_: App, run: Run): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(run.source));
}
