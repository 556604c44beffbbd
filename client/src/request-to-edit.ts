import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from './app';
import { askRequest } from './ask-request';
import { excerptOf } from './excerpts/excerpt';
import type { PlacedRequest } from './requests';
import { targetFile } from './target';

/** A request of a file, with its 0-based line there. */
export interface RequestToEdit extends PlacedRequest {
  readonly file: vscode.Uri;
  /** UTF-16 column of the cursor in the line, where it is in one. */
  readonly column?: number;
}

/** The request under the cursor of a batch file or of lines of one; where there is no cursor it is asked for. */
export async function requestToEdit(app: App, target: unknown, title: string): Promise<RequestToEdit | undefined> {
  const file = targetFile(app, target);
  if (!file) return undefined;
  // The editor's own menu names its document.
  const isInFront = target === undefined || String(target) === app.activeFile.uri?.toString();
  const editor = isInFront ? editorInFront(app) : undefined;
  if (editor) return underCursor(app, file, editor);
  const asked = await askRequest(app, file, title);
  return asked && { ...asked, file };
}

/** Of a document in which each line is a request. */
function editorInFront({ activeFile }: App): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  const uri = editor?.document.uri;
  const isInFront = uri?.toString() === activeFile.uri?.toString() && activeFile.summary?.kind === 'batch';
  return uri && isInFront && (excerptOf(uri)?.kind ?? 'lines') === 'lines' ? editor : undefined;
}

async function underCursor(
  { server, excerpts }: App,
  file: vscode.Uri,
  { document, selection }: vscode.TextEditor,
): Promise<RequestToEdit | undefined> {
  const { line, character } = selection.active;
  const name = path.basename(document.uri.path);
  const isExcerpt = excerptOf(document.uri) !== undefined;
  if (isExcerpt && document.isDirty) {
    void vscode.window.showWarningMessage(`Save ${name} first: its request is edited in the file itself.`);
    return undefined;
  }
  if (document.lineAt(line).text.trim() === '') {
    void vscode.window.showWarningMessage('There is no request on this line.');
    return undefined;
  }
  const { customId } = (await server.requestAt(document.uri, line)) ?? { customId: '' };
  const first = isExcerpt ? (await excerpts.blockOf(document.uri)).line : 0;
  return { file, line: first + line, customId, column: character };
}
