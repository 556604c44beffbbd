import * as vscode from 'vscode';
import { apiFinding } from '../../../batch/api-fault';
import { rangeOf } from '../../../batch/json-tree';
import type { Outcome } from '../text/trial';

/** Selects what the API names in the first request that it refused, where that request is on screen as it was sent. */
export function showFault(file: vscode.Uri, outcomes: readonly Outcome[]): void {
  const refused = outcomes.find((outcome) => 'fault' in outcome);
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  if (!refused || !editor || !('fault' in refused)) return;
  const { line, text } = refused.trial;
  if (line >= editor.document.lineCount || editor.document.lineAt(line).text !== text) return;
  const { start, end } = rangeOf(text, apiFinding(refused.fault, text).place);
  editor.selection = new vscode.Selection(line, start, line, end);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
