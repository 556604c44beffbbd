import * as vscode from 'vscode';
import type { App } from '../app';
import { targetFile } from '../target';

/** Goes to the next, or previous, request that was not simply answered, by the newest results of the file. */
export const nextFailedRequest = (app: App): Promise<void> => step(app, 1);
export const previousFailedRequest = (app: App): Promise<void> => step(app, -1);

async function step(app: App, direction: 1 | -1): Promise<void> {
  const file = app.results.source ?? targetFile(app, undefined);
  if (!file) return;
  const from = app.cursor.lineOf(file) ?? -1;
  const lines = (await app.server.resultMarks(file)).map(({ line }) => line);
  const next = direction > 0 ? lines.find((line) => line > from) : lines.findLast((line) => line < from);
  const request = next === undefined ? null : await app.server.requestAt(file, next);
  if (request) return app.cursor.goTo(file, request);
  const where = direction > 0 ? 'below' : 'above';
  vscode.window.setStatusBarMessage(
    lines.length === 0 ? 'No request failed, or there are no results' : `No request ${where} this one failed`,
    3000,
  );
}
