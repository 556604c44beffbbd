import * as vscode from 'vscode';
import type { LanguageServer } from './language-client';

/** A request and its 0-based line. */
export interface PlacedRequest {
  readonly customId: string;
  readonly line: number;
}

/** Lines that may separate two requests: blank ones, and those that are no request. */
const MAX_GAP = 200;

/** The next (`1`) or previous (`-1`) request from a 0-based line, not counting that line's own; null at the end of the file. */
export async function neighbour(
  server: LanguageServer,
  file: vscode.Uri,
  line: number,
  direction: 1 | -1,
): Promise<PlacedRequest | null> {
  for (let gap = 1; gap <= MAX_GAP && line + gap * direction >= 0; gap++) {
    const request = await server.requestAt(file, line + gap * direction);
    if (request) return request;
  }
  return null;
}

/** Puts the cursor at the beginning of a 0-based line, also in a file that is too large for a document. */
export async function reveal(file: vscode.Uri, line: number, preserveFocus = false): Promise<void> {
  const selection = new vscode.Selection(line, 0, line, 0);
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  if (!editor) {
    const viewColumn = columnOf(file) ?? vscode.ViewColumn.One;
    await vscode.commands.executeCommand('vscode.open', file, { selection, preserveFocus, viewColumn });
    return;
  }
  editor.selection = selection;
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  if (!preserveFocus) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}

/** Shows a file where it is already, else in the first column, so that what belongs to it opens at its right. */
export async function showLeft(file: vscode.Uri): Promise<void> {
  const viewColumn = columnOf(file) ?? vscode.ViewColumn.One;
  await vscode.commands.executeCommand('vscode.open', file, { viewColumn, preview: false });
}

function columnOf(file: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === file.toString()),
  )?.viewColumn;
}
