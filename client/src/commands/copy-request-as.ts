import * as vscode from 'vscode';
import { type Language, requestCode } from '../../../batch/convert/request-code';
import { isObject } from '../../../batch/json';
import type { App } from '../app';

const LANGUAGES: readonly { readonly id: Language; readonly label: string }[] = [
  { id: 'curl', label: 'curl' },
  { id: 'python', label: 'Python' },
  { id: 'typescript', label: 'TypeScript' },
];

/** Copies the request under the cursor as code that sends it alone. */
export async function copyRequestAs(app: App): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const params = editor && paramsIn(editor.document.lineAt(editor.selection.active.line).text);
  if (!params) return void vscode.window.showWarningMessage('Put the cursor on a request that is valid JSON.');
  const language = await vscode.window.showQuickPick(LANGUAGES, { title: 'Copy Request as' });
  if (!language) return;
  const { apiVersion = '', betas = [] } = app.server.summaryOf(editor.document.uri)?.judgedBy ?? {};
  await vscode.env.clipboard.writeText(requestCode(language.id, params, { apiVersion, betas }));
  vscode.window.setStatusBarMessage(`The request is on the clipboard as ${language.label}`, 5000);
}

function paramsIn(line: string) {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && isObject(value.params) ? value.params : undefined;
  } catch {
    return undefined;
  }
}
