import type * as vscode from 'vscode';
import { typicalLines, typicalLinesOf } from '../../../files/typical-lines';
import type { App } from '../app';
import { pickOne } from '../ask';
import { askRequest } from '../ask-request';
import { withFileProgress } from '../file-progress';
import { documentAt } from '../open-files';
import { editorInFront, requestToEdit } from '../request-to-edit';

const TITLE = 'Try One Now';

const UNDER_CURSOR = { label: 'Request Under the Cursor' };
const TYPICAL = { label: 'First, Median and Longest Request', description: 'Three answers say more than one' };
const BY_NAME = { label: 'Request by custom_id or Line…' };

/** The 0-based lines of the requests that a person wants to try; undefined where they want none. */
export async function chooseRequests(
  app: App,
  file: vscode.Uri,
  target: unknown,
): Promise<readonly number[] | undefined> {
  const choices = [...(editorInFront(app, target) ? [UNDER_CURSOR] : []), TYPICAL, BY_NAME];
  const choice = await pickOne(choices, { title: TITLE });
  if (!choice) return undefined;
  if (choice === TYPICAL) return typicalRequests(file);
  const asked = choice === UNDER_CURSOR ? requestToEdit(app, target, TITLE) : askRequest(app, file, TITLE);
  const request = await asked;
  return request && [request.line];
}

async function typicalRequests(file: vscode.Uri): Promise<readonly number[]> {
  const document = documentAt(file);
  if (!document) {
    return withFileProgress(file, 'Looking for typical requests', (options) => typicalLinesOf(file.fsPath, options));
  }
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text.trim().length);
  return typicalLines(lines);
}
