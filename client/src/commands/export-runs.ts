import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { BYTE_ORDER_MARK } from '../../../batch/csv';
import { reportCsv, reportOf } from '../../../runs/report';
import type { App } from '../app';
import { notice } from '../notice';

/** Writes the accounts of all runs of the journal, as `message-batches report` prints them. */
export async function exportRuns({ runs }: App): Promise<void> {
  const report = reportOf(await runs.refresh());
  if (report.runs.length === 0) return void notice.information('No batch was submitted yet.');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.homedir();
  const target = await vscode.window.showSaveDialog({
    title: 'Export Runs as CSV',
    defaultUri: vscode.Uri.file(path.join(folder, 'message-batches-runs.csv')),
    filters: { CSV: ['csv'] },
  });
  if (!target) return;
  await writeFile(target.fsPath, BYTE_ORDER_MARK + reportCsv(report));
  const open = 'Open';
  void notice.information(`${report.coverage}.`, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('vscode.open', target);
  });
}
