import * as vscode from 'vscode';
import { judgementOf } from '../judgement';
import { OPEN_SETTINGS, settingsQuestion } from '../text/submit';

/** Whether all of a file's settings were understood: what was not may have been the most that it may cost. */
export async function areSettingsUnderstood(file: vscode.Uri): Promise<boolean> {
  const { faults, judgedBy } = await judgementOf(file);
  const [first] = faults;
  if (!first || !judgedBy.settings) return true;
  const { message, detail, buttons } = settingsQuestion(judgedBy.settings, faults);
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  if (answer === OPEN_SETTINGS) {
    const document = await vscode.workspace.openTextDocument(judgedBy.settings);
    const selection = new vscode.Range(document.positionAt(first.start), document.positionAt(first.end));
    await vscode.window.showTextDocument(document, { selection });
  }
  return false;
}
