import * as vscode from 'vscode';
import type { App } from './app';
import { neighbour, type PlacedRequest, reveal } from './requests';

/** Moves from request to request: the editor's cursor, and the answer beside it. */
export interface RequestCursor {
  /** Goes to a request; the focus stays in the results where they are shown. */
  goTo(file: vscode.Uri, request: PlacedRequest): Promise<void>;
  /** Goes to the next (`1`) or previous (`-1`) request; steps that come fast are taken one after the other. */
  step(file: vscode.Uri, direction: 1 | -1): Promise<void>;
  /** 0-based line that it is at; undefined in a file without an editor that it has not been in. */
  lineOf(file: vscode.Uri): number | undefined;
}

export function createRequestCursor({ server, results }: Pick<App, 'server' | 'results'>): RequestCursor {
  let lastStep: Promise<void> = Promise.resolve();
  /** Where it went last: a file that is too large for an editor does not tell. */
  let last: { readonly file: string; readonly line: number } | undefined;

  const goTo: RequestCursor['goTo'] = async (file, { customId, line }) => {
    last = { file: file.toString(), line };
    await reveal(file, line, results.source !== undefined);
    await results.show(file, customId, line);
  };
  const lineOf: RequestCursor['lineOf'] = (file) => {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
    if (editor) return editor.selection.active.line;
    if (results.source?.toString() === file.toString()) return results.line;
    return last?.file === file.toString() ? last.line : undefined;
  };
  const step = async (file: vscode.Uri, direction: 1 | -1): Promise<void> => {
    const found = await neighbour(server, file, lineOf(file) ?? -1, direction);
    if (found) return goTo(file, found);
    vscode.window.setStatusBarMessage(direction > 0 ? 'This is the last request' : 'This is the first request', 3000);
  };
  return {
    goTo,
    lineOf,
    step: (file, direction) => {
      lastStep = lastStep.catch(() => {}).then(() => step(file, direction));
      return lastStep;
    },
  };
}
