import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import type { App } from '../app';
import { notice } from '../notice';
import { targetFile } from '../target';
import { nothingToSubmit } from '../text/submit';

/** Checks a file of any size as it is on disk and says what was found. */
export async function checkFile(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const name = path.basename(file.fsPath);
  const check = await app.server.check(file);
  if (!check) return;
  const nothing = nothingToSubmit(name, check);
  if (nothing) return void notice.warning(nothing);
  const found = (['error', 'warning'] as const).map((severity) => counted(check.counts[severity], severity)).join(', ');
  const said = `${name}: ${counted(check.requests, 'request')}, ${found}.`;
  const show = 'Show Problems';
  if (check.counts.error + check.counts.warning === 0) return void notice.information(said);
  if ((await notice.warning(said, show)) === show) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
  }
}
