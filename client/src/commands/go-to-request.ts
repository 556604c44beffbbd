import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app';
import { neighbour, reveal } from '../requests';
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
  await goTo(app, file, found);
}

/** Goes to the request after the one under the cursor, or whose answer is shown. */
export const nextRequest = (app: App): Promise<void> => step(app, 1);
export const previousRequest = (app: App): Promise<void> => step(app, -1);

async function step(app: App, direction: 1 | -1): Promise<void> {
  const file = app.results.source ?? targetFile(app, undefined);
  if (!file) return;
  const found = await neighbour(app.server, file, currentLine(app, file), direction);
  if (found) await goTo(app, file, found);
  else
    vscode.window.setStatusBarMessage(direction > 0 ? 'This is the last request' : 'This is the first request', 3000);
}

function currentLine({ results }: App, file: vscode.Uri): number {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  return editor?.selection.active.line ?? results.line;
}

async function goTo(
  { results }: App,
  file: vscode.Uri,
  { customId, line }: { customId: string; line: number },
): Promise<void> {
  await reveal(file, line, results.source !== undefined);
  await results.show(file, customId, line);
}

/** An id comes first: ids may be numbers too. */
async function find(
  { server }: App,
  file: vscode.Uri,
  wanted: string,
): Promise<{ customId: string; line: number } | null> {
  const byId = await server.findRequest(file, wanted);
  if (byId) return { customId: wanted, line: byId.line };
  return /^\d+$/.test(wanted) ? server.requestAt(file, Number(wanted) - 1) : null;
}
