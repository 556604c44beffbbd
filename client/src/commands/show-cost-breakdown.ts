import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app';
import { targetFile } from '../target';
import { nothingToSubmit } from '../text/submit';

/** The whole estimate of a file as a document; of a file that is not open as it is on disk. */
export async function showCostBreakdown(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const known = app.server.summaryOf(file);
  if (known?.kind === 'batch' && known.requests > 0) return app.costs.show(file, known);
  const check = await app.server.check(file);
  if (!check) return;
  const nothing = nothingToSubmit(path.basename(file.fsPath), check);
  if (nothing) return void vscode.window.showWarningMessage(nothing);
  await app.costs.show(file, { ...check, checkedFromDiskAt: Date.now() });
}
