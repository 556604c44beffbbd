import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { findSourceOf } from '../../../runs/results-files';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { notice } from '../notice';
import { targetFile } from '../target';
import { noResultsYet } from '../text/answer';

/** Opens the results of a batch beside the file that it was made of; alone where that file is gone. */
export async function openResults(app: App, run: Run): Promise<void> {
  if (await exists(run.source)) await app.results.open(vscode.Uri.file(run.source), run.resultsPath);
  else await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(run.resultsPath));
}

/** Opens the newest results of a batch file beside it, or, from a results file, that one beside its requests. */
export async function openResultsBeside(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  if (!file) return;
  const source = await findSourceOf(file.fsPath, app.runs.all);
  const opened = source ? await app.results.open(vscode.Uri.file(source), file.fsPath) : await app.results.open(file);
  if (!opened) void notice.information(noResultsYet(path.basename(file.fsPath)));
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
