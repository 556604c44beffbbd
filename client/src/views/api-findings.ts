import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';

/** Has what the API said of single requests shown on their lines: at a run's end, and when a file with results comes to the front. */
export function showApiFindings({
  context,
  activeFile,
  runs,
  server,
}: Pick<App, 'context' | 'activeFile' | 'runs' | 'server'>): void {
  const told = new Set<string>();
  const tell = async (run: Run | undefined): Promise<void> => {
    if (run?.state !== 'fetched' || !run.outcome?.errored || told.has(run.id)) return;
    told.add(run.id);
    const results = vscode.Uri.file(run.resultsPath);
    await server.tellApiFindings(vscode.Uri.file(run.source), { sha256: run.sha256, results });
  };
  const looked = new Set<string>();
  const look = async (): Promise<void> => {
    const { uri, summary } = activeFile;
    if (uri?.scheme !== 'file' || summary?.kind !== 'batch' || looked.has(uri.fsPath)) return;
    looked.add(uri.fsPath);
    const all = await (await runs.journal()).list();
    await tell(all.find(({ source }) => source === uri.fsPath));
  };
  context.subscriptions.push(runs.onDidEnd(tell), activeFile.onDidChange(look));
}
