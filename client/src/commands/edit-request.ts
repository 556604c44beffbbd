import * as vscode from 'vscode';
import type { App } from '../app';
import { excerptOf, excerptUri } from '../excerpts/excerpt';
import { requestToEdit } from '../request-to-edit';

/** Opens a request beside its file, over many lines: the one under the cursor, else the one that is asked for. */
export async function editRequest(app: App, target?: unknown): Promise<void> {
  const request = await requestToEdit(app, target, 'Edit Request');
  if (!request) return;
  const { file, line, customId } = request;
  const uri = (await openedAt(app, file, line)) ?? excerptUri({ kind: 'request', file, line, customId });
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}

/** The request may be open already, under the number that its line had then. */
async function openedAt({ excerpts }: App, file: vscode.Uri, line: number): Promise<vscode.Uri | undefined> {
  for (const { uri } of vscode.workspace.textDocuments) {
    const excerpt = excerptOf(uri);
    if (excerpt?.kind !== 'request' || excerpt.file.toString() !== file.toString()) continue;
    const block = await excerpts.blockOf(uri).catch(() => undefined);
    if (block?.line === line) return uri;
  }
  return undefined;
}
