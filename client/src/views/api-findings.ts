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
  cleared,
}: Pick<App, 'context' | 'activeFile' | 'runs' | 'server' | 'cleared'>): void {
  const told = new Set<string>();
  const tell = async (run: Run | undefined): Promise<void> => {
    const news = run && newsOf(run);
    if (!news || told.has(run.id) || cleared.hides(vscode.Uri.file(run.source), run)) return;
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
    await tell(all.find((run) => run.source === uri.fsPath && newsOf(run)));
  };
  context.subscriptions.push(runs.onDidEnd(tell), activeFile.onDidChange(look));
}

/** What the API said of single requests of a run; of one that has no say yet undefined, of one that went well nothing. */
function newsOf({ state, problem, outcome, resultsPath }: Run): Omit<ApiNews, 'submitted'> | undefined {
  if (state === 'not-sent' && problem?.said) return { refusal: problem.said };
  if (state !== 'fetched') return undefined;
  return outcome?.errored ? { results: vscode.Uri.file(resultsPath) } : {};
}
