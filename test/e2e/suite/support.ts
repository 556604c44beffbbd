import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Runs a command and waits for its end. */
export function run(command: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

/** A file of the copy of samples/ that is open as the workspace. */
export function sampleUri(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open.');
  return vscode.Uri.file(path.join(folder.uri.fsPath, name));
}

export async function openSample(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(sampleUri(name), { preview: false });
}

/** Waits until something holds. Throws after half a minute: a busy machine takes that long for a large document. */
export async function eventually(holds: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Never came true: ${holds}`);
    await pause(20);
  }
}
