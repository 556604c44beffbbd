import path from 'node:path';
import * as vscode from 'vscode';
import { RequestPlaces } from '../../batch/excerpt/request-places';
import type { Path } from '../../batch/finding';
import { parseTree, pathAt } from '../../batch/json-tree';
import type { App } from './app';
import { askRequest } from './ask-request';
import { excerptOf } from './excerpts/excerpt';
import { notice } from './notice';
import type { PlacedRequest } from './requests';
import { targetFile } from './target';

/** A request of a file, with its 0-based line there. */
export interface RequestToEdit extends PlacedRequest {
  readonly file: vscode.Uri;
  /** Of the value under the cursor, where there is a cursor. */
  readonly path?: Path | undefined;
}

/** The request under the cursor of a batch file or of a part of one; where there is no cursor it is asked for. */
export async function requestToEdit(app: App, target: unknown, title: string): Promise<RequestToEdit | undefined> {
  const file = targetFile(app, target);
  if (!file) return undefined;
  const editor = editorInFront(app, target);
  if (editor) return underCursor(app, file, editor);
  const asked = await askRequest(app, file, title);
  return asked && { ...asked, file };
}

/** The editor of the batch file in front whose cursor a command goes by; none where another file was named. */
export function editorInFront({ activeFile }: App, target: unknown): vscode.TextEditor | undefined {
  // The editor's own menu names its document.
  if (target !== undefined && String(target) !== activeFile.uri?.toString()) return undefined;
  const editor = vscode.window.activeTextEditor;
  const isInFront = editor?.document.uri.toString() === activeFile.uri?.toString();
  return isInFront && activeFile.summary?.kind === 'batch' ? editor : undefined;
}

async function underCursor(
  { server, excerpts }: App,
  file: vscode.Uri,
  { document, selection: { active } }: vscode.TextEditor,
): Promise<RequestToEdit | undefined> {
  const { uri } = document;
  const excerpt = excerptOf(uri);
  if (excerpt && document.isDirty)
    return warn(`Save ${path.basename(uri.path)} first: its request is edited in the file itself.`);
  const isOneRequest = excerpt?.kind === 'request';
  const { line: text, offset } = isOneRequest
    ? requestAround(document, active)
    : { line: document.lineAt(active).text, offset: active.character };
  if (text.trim() === '') return warn('There is no request on this line.');
  const line = isOneRequest ? 0 : active.line;
  const { customId } = (await server.requestAt(uri, line)) ?? { customId: '' };
  const first = excerpt ? (await excerpts.blockOf(uri)).line : 0;
  const { path: steps, inKey } = pathAt(parseTree(text), offset);
  return { file, line: first + line, customId, path: inKey ? undefined : steps };
}

function requestAround(document: vscode.TextDocument, position: vscode.Position): { line: string; offset: number } {
  const places = new RequestPlaces(document.getText(), []);
  return { line: places.line, offset: places.toLine(position) };
}

function warn(said: string): undefined {
  void notice.warning(said);
}
