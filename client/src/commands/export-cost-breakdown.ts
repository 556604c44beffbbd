import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import { ExportCost } from '../../../server/src/protocol/cost';
import type { App } from '../app';
import { notice } from '../notice';
import { targetFile } from '../target';

/** Writes what each request of a file costs as CSV. */
export async function exportCostBreakdown(app: App, given?: unknown): Promise<void> {
  const file = targetFile(app, given);
  if (!file) return;
  const { dir, name, base } = path.parse(file.fsPath);
  const target = await vscode.window.showSaveDialog({
    title: 'Export Cost Breakdown as CSV',
    defaultUri: vscode.Uri.file(path.join(dir, `${name}.cost.csv`)),
    filters: { CSV: ['csv'] },
  });
  if (!target) return;
  const { server } = app;
  const params = { uri: server.asUri(file), target: server.asUri(target) };
  const written = await server.work(`Exporting what ${base} costs`, ExportCost, params);
  if (!written) return;
  const open = 'Open';
  const said = `What ${counted(written.requests, 'request')} of ${base} cost is in ${path.basename(target.fsPath)}.`;
  if ((await notice.information(said, open)) === open) await vscode.commands.executeCommand('vscode.open', target);
}
