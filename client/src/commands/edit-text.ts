import path from 'node:path';
import * as vscode from 'vscode';
import { type TextInRequest, textsIn } from '../../../batch/excerpt/texts-in';
import type { Path } from '../../../batch/finding';
import type { Json } from '../../../batch/json';
import { counted } from '../../../batch/wording';
import { stringAt } from '../../../files/excerpt-view';
import { parseLine } from '../../../runs/custom-id';
import type { App } from '../app';
import { pickOne } from '../ask';
import { excerptUri } from '../excerpts/excerpt';
import { linesOf } from '../excerpts/lines';
import { notice } from '../notice';
import { type RequestToEdit, requestToEdit } from '../request-to-edit';

/** Opens a text of a request beside it, with real line breaks: the one under the cursor, else the one that is chosen. */
export async function editText(app: App, target?: unknown): Promise<void> {
  const text = await askText(app, target, 'Edit Text');
  const shared = text && (await isShared(app, text));
  if (!text || shared === undefined) return;
  const uri = uriOf(text, shared);
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}

/** Shows a text of a request as the Markdown that it is. */
export async function previewText(app: App, target?: unknown): Promise<void> {
  const text = await askText(app, target, 'Preview Text');
  if (text) await vscode.commands.executeCommand('markdown.showPreviewToSide', uriOf(text, false));
}

/** A text where it stands: `token` is its JSON string. */
interface PlacedText extends TextInRequest {
  readonly request: RequestToEdit;
  readonly token: string;
}

async function askText(app: App, target: unknown, title: string): Promise<PlacedText | undefined> {
  const request = await requestToEdit(app, target, title);
  const block = request && (await linesOf(request.file, app.edits).read(request.line, { lines: 1 }));
  if (!request || !block) return undefined;
  const texts = textsIn(parseLine(block.bytes) as Json | undefined);
  if (texts.length === 0) {
    void notice.warning('This request has no text that can be read.');
    return undefined;
  }
  const text = textAt(request.path, texts) ?? (await chosen(texts, title));
  return text && { ...text, request, token: stringAt(block.bytes.toString(), text.path).token };
}

function uriOf({ request: { file, line, customId }, path: steps }: PlacedText, shared: boolean): vscode.Uri {
  return excerptUri({ kind: 'text', file, line, customId, path: steps, shared });
}

function textAt(cursor: Path | undefined, texts: readonly TextInRequest[]): TextInRequest | undefined {
  return cursor && texts.find((text) => text.path.join('/') === cursor.join('/'));
}

async function chosen(texts: readonly TextInRequest[], title: string): Promise<TextInRequest | undefined> {
  if (texts.length === 1) return texts[0];
  const items = texts.map((text) => ({
    ...text,
    label: text.name,
    description: counted(text.text.length, 'character'),
    detail: text.text.slice(0, 120).replaceAll(/\s+/g, ' '),
  }));
  return pickOne(items, { title, placeHolder: 'Which text?', matchOnDetail: true });
}

/** Whether it is to be edited wherever it stands; undefined where a person does not say. */
async function isShared(
  { edits }: Pick<App, 'edits'>,
  { request: { file, customId, line }, name, path: steps, token }: PlacedText,
): Promise<boolean | undefined> {
  const requests = (await linesOf(file, edits).sharing(steps, token)).length;
  if (requests < 2) return false;
  const items = [
    { label: `In ${customId || `line ${line + 1}`} only`, shared: false },
    { label: `In all ${counted(requests, 'request')} that have the same`, shared: true },
  ];
  const title = `${name} of ${path.basename(file.fsPath)}`;
  return (await pickOne(items, { title, placeHolder: 'Where is it to be edited?' }))?.shared;
}
