import path from 'node:path';
import * as vscode from 'vscode';
import { readSettings, SETTINGS_FILE } from '../../../files/settings-file';
import type { SettingsFix } from '../../../server/src/protocol';
import type { App } from '../app';
import { changedSettings } from '../text/settings-change';

/** Writes a change into the `message-batches.json` that judges a file; makes one in the workspace's root where there is none. */
export async function applySettingsFix(_: App, { uri, change }: SettingsFix): Promise<void> {
  const batchFile = vscode.Uri.parse(uri);
  const { path: found } = await readSettings(batchFile.fsPath);
  const settings = vscode.Uri.file(found ?? path.join(homeOf(batchFile), SETTINGS_FILE));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(settings, { ignoreIfExists: true });
  await vscode.workspace.applyEdit(edit);
  const document = await vscode.workspace.openTextDocument(settings);
  const text = document.getText();
  const everything = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  const replacement = new vscode.WorkspaceEdit();
  replacement.replace(settings, everything, changedSettings(text, change));
  await vscode.workspace.applyEdit(replacement);
  await document.save();
}

function homeOf(batchFile: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(batchFile)?.uri.fsPath ?? path.dirname(batchFile.fsPath);
}
