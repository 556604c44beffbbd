import path from 'node:path';
import * as vscode from 'vscode';
import { type TextInRequest, textsIn } from '../../../batch/excerpt/texts-in';
import type { Path } from '../../../batch/finding';
import type { Json } from '../../../batch/json';
import { counted } from '../../../batch/wording';
import { stringAt } from '../../../files/excerpt-view';
import { parseLine } from '../../../runs/custom-id';
import type { App } from '../app';
import { excerptUri } from '../excerpts/excerpt';
import { linesOf } from '../excerpts/lines';
import { type RequestToEdit, requestToEdit } from '../request-to-edit';

/** Opens a text of a request beside it, with real line breaks: the one under the cursor, else the one that is chosen. */
export async function editText(app: App, target?: unknown): Promise<void> {
  const request = await requestToEdit(app, target, 'Edit Text');
  const block = request && (await linesOf(request.file, app.edits).read(request.line, { lines: 1 }));
  if (!request || !block) return;
  const line = block.bytes.toString();
  const texts = textsIn(parseLine(block.bytes) as Json | undefined);
  if (texts.length === 0) return void vscode.window.showWarningMessage('This request has no text that can be read.');
  const text = textAt(request.path, texts) ?? (await chosen(texts));
  const shared = text && (await isShared(app, request, text, stringAt(line, text.path).token));
  if (!text || shared === undefined) return;
  const { file, customId } = request;
  const uri = excerptUri({ kind: 'text', file, line: request.line, customId, path: text.path, shared });
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}

function textAt(cursor: Path | undefined, texts: readonly TextInRequest[]): TextInRequest | undefined {
  return cursor && texts.find((text) => text.path.join('/') === cursor.join('/'));
}

async function chosen(texts: readonly TextInRequest[]): Promise<TextInRequest | undefined> {
  if (texts.length === 1) return texts[0];
  const items = texts.map((text) => ({
    ...text,
    label: text.name,
    description: counted(text.text.length, 'character'),
    detail: text.text.slice(0, 120).replaceAll(/\s+/g, ' '),
  }));
  return vscode.window.showQuickPick(items, { title: 'Edit Text', placeHolder: 'Which text?', matchOnDetail: true });
}

/** Whether it is to be edited wherever it stands; undefined where a person does not say. */
async function isShared(
  { edits }: Pick<App, 'edits'>,
  { file, customId, line }: RequestToEdit,
  { name, path: steps }: TextInRequest,
  token: string,
): Promise<boolean | undefined> {
  const requests = (await linesOf(file, edits).sharing(steps, token)).length;
  if (requests < 2) return false;
  const items = [
    { label: `In ${customId || `line ${line + 1}`} only`, shared: false },
    { label: `In all ${counted(requests, 'request')} that have the same`, shared: true },
  ];
  const title = `${name} of ${path.basename(file.fsPath)}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Where is it to be edited?' }))?.shared;
}
