import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import type { ApiNews } from '../language-client';

/**
 * Has what the API said of single requests shown on their lines: at a run's end, and when a file that was submitted
 * before comes to the front.
 */
export function showApiFindings({
  context,
  activeFile,
  runs,
  server,
}: Pick<App, 'context' | 'activeFile' | 'runs' | 'server'>): void {
  const told = new Set<string>();
  const tell = async (run: Run | undefined): Promise<void> => {
    const news = run && newsOf(run);
    if (!news || told.has(run.id)) return;
    told.add(run.id);
    const submitted = vscode.Uri.file((await runs.journal()).submittedFile(run.id));
    await server.tellApiFindings(vscode.Uri.file(run.source), { ...news, submitted });
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

/** What the API said of single requests of a run, if it may have. */
function newsOf({ state, problem, outcome, resultsPath }: Run): Omit<ApiNews, 'submitted'> | undefined {
  if (state === 'not-sent' && problem?.said) return { refusal: problem.said };
  return state === 'fetched' && outcome?.errored ? { results: vscode.Uri.file(resultsPath) } : undefined;
}
