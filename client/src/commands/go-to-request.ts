import type * as vscode from 'vscode';
import type { App } from '../app';
import { askRequest } from '../ask-request';
import { excerptOf } from '../excerpts/excerpt';
import { reveal } from '../requests';
import { targetFile } from '../target';

/** Goes to a 0-based line, or asks for a `custom_id` or the number of a line and goes there: in files of any size. */
export async function goToRequest(app: App, target?: unknown, line?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (file && typeof line === 'number') return reveal(file, line);
  const found = file && (await askRequest(app, file, 'Go to Request'));
  if (file && found) await app.cursor.goTo(file, found);
}

/** Goes to the request after, or before, the one under the cursor; where that is not known it asks for one. */
export const nextRequest = (app: App): Promise<void> => step(app, 1);
export const previousRequest = (app: App): Promise<void> => step(app, -1);

async function step(app: App, direction: 1 | -1): Promise<void> {
  const document = app.results.source ?? documentInFront(app);
  if (!document) return;
  if (app.cursor.lineOf(document) === undefined) return goToRequest(app, document);
  await app.cursor.step(document, direction);
}

/** A file, or lines of one in a document of their own. */
function documentInFront(app: App): vscode.Uri | undefined {
  const { uri } = app.activeFile;
  const isOfLines = uri && excerptOf(uri)?.kind === 'lines';
  return isOfLines ? uri : targetFile(app, undefined);
}
