import * as vscode from 'vscode';
import { type Language, requestCode } from '../../../batch/convert/request-code';
import { isObject } from '../../../batch/json';
import { parseLine } from '../../../runs/custom-id';
import type { App } from '../app';
import { pickOne } from '../ask';
import { linesOf } from '../excerpts/lines';
import { judgementOf } from '../judgement';
import { notice } from '../notice';
import { requestToEdit } from '../request-to-edit';

const LANGUAGES: readonly { readonly id: Language; readonly label: string }[] = [
  { id: 'curl', label: 'curl' },
  { id: 'python', label: 'Python' },
  { id: 'typescript', label: 'TypeScript' },
];

/** Copies the request under the cursor, else the one that is asked for, as code that sends it alone. */
export async function copyRequestAs(app: App, target?: unknown): Promise<void> {
  const request = await requestToEdit(app, target, 'Copy Request as');
  const block = request && (await linesOf(request.file, app.edits).read(request.line, { lines: 1 }));
  if (!block) return;
  const line = parseLine(block.bytes);
  const params = isObject(line) && isObject(line.params) ? line.params : undefined;
  if (!params) return void notice.warning('Put the cursor on a request that is valid JSON.');
  const language = await pickOne(LANGUAGES, { title: 'Copy Request as' });
  if (!language) return;
  const { context } = await judgementOf(request.file, app.models.table);
  await vscode.env.clipboard.writeText(requestCode(language.id, params, context));
  vscode.window.setStatusBarMessage(`The request is on the clipboard as ${language.label}`, 5000);
}
