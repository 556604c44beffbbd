import * as vscode from 'vscode';
import type { App } from '../app';

/** Copies the text of the answer that is shown, whole and as the model wrote it. */
export async function copyAnswer({ results }: App): Promise<void> {
  const text = results.answerText();
  if (text === undefined) return void vscode.window.showInformationMessage('Open results and choose a row first.');
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('The answer was copied.', 3000);
}
