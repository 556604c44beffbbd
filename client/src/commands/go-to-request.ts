import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app';
import type { PlacedRequest } from '../requests';
import { targetFile } from '../target';

/** Asks for a `custom_id`, or the number of a line, and goes there: in files of any size. */
export async function goToRequest(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const name = path.basename(file.fsPath);
  const wanted = await vscode.window.showInputBox({
    title: `Go to Request in ${name}`,
    prompt: 'Its custom_id, or the number of its line',
  });
  if (!wanted?.trim()) return;
  const found = await find(app, file, wanted.trim());
  if (!found) return void vscode.window.showWarningMessage(`${name} has no request "${wanted.trim()}".`);
  await app.cursor.goTo(file, found);
}

/** Goes to the request after, or before, the one under the cursor. */
export const nextRequest = (app: App): Promise<void> => step(app, 1);
export const previousRequest = (app: App): Promise<void> => step(app, -1);

async function step(app: App, direction: 1 | -1): Promise<void> {
  const file = app.results.source ?? targetFile(app, undefined);
  if (file) await app.cursor.step(file, direction);
}

/** An id comes first: ids may be numbers too. */
async function find({ server }: App, file: vscode.Uri, wanted: string): Promise<PlacedRequest | null> {
  const byId = await server.findRequest(file, wanted);
  if (byId) return { customId: wanted, line: byId.line };
  return /^\d+$/.test(wanted) ? server.requestAt(file, Number(wanted) - 1) : null;
}
