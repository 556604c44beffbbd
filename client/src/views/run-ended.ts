import * as vscode from 'vscode';
import { newsIn, takeNews } from '../../../runs/news';
import type { Run } from '../../../runs/run';
import { isOpen } from '../../../runs/run-words';
import type { App } from '../app';
import { notice } from '../notice';
import { notify, stateDir } from '../settings';
import { endsSentence, isTold, isWell } from '../text/notify';
import { isWindowThere } from '../window-presence';

/** The window whose folder holds the source comes first; where there is none, the one in front tells after so long. */
const OTHERS_FIRST_MS = 1500;

/**
 * One notification for what ended, in one of all windows, also where it ended while none was open. A poll that fails makes
 * none. Nothing is told in a workspace that is not trusted.
 */
export function announceEnds({ context, runs, log }: Pick<App, 'context' | 'runs' | 'log'>): void {
  const look = async (): Promise<void> => {
    if (!vscode.workspace.isTrusted) return;
    const untold = await untoldRuns(runs);
    if (untold.length === 0 || !(await isWindowThere(again))) return;
    const mine = untold.filter(isOfThisWindow);
    const others = untold.filter((run) => !isOfThisWindow(run));
    if (others.length > 0) await new Promise((resolve) => setTimeout(resolve, OTHERS_FIRST_MS));
    const taken: Run[] = [];
    for (const run of [...mine, ...(vscode.window.state.focused ? others : [])])
      if (await takeNews(stateDir(), 'untold', run.id)) taken.push(run);
    const told = taken.filter((run) => isTold(run, notify()));
    if (told.length > 0) void tell(told);
  };
  const again = oneAtATime(look, (error) => log.error(error));
  context.subscriptions.push(
    runs.onDidChange(again),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.window.onDidChangeWindowState(again),
  );
  again();
}

async function untoldRuns(runs: App['runs']): Promise<Run[]> {
  const ids = await newsIn(stateDir(), 'untold');
  if (ids.length === 0) return [];
  const journal = await runs.journal();
  const all = await Promise.all(ids.map((id) => journal.get(id)));
  // One that is just being closed is told of when it is.
  const ended = all.filter((run) => run !== undefined).filter((run) => !isOpen(run));
  return ended.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

const isOfThisWindow = ({ source }: Run): boolean =>
  vscode.workspace.getWorkspaceFolder(vscode.Uri.file(source)) !== undefined;

async function tell(ended: readonly Run[]): Promise<void> {
  const [run, ...more] = ended;
  const show =
    ended.every(isWell) || (run?.state === 'fetched' && more.length === 0) ? notice.information : notice.warning;
  if (!run || more.length > 0) {
    if (await show(endsSentence(ended), 'Show Batches'))
      await vscode.commands.executeCommand('messageBatches.runs.focus');
    return;
  }
  if (run.state !== 'fetched') return void show(endsSentence(ended));
  const chosen = await show(endsSentence(ended), 'Open Results', 'Show Summary');
  if (chosen === 'Show Summary') await vscode.commands.executeCommand('messageBatches.showSummary', run);
  else if (chosen) await vscode.commands.executeCommand('messageBatches.openResults', run);
}

/** Calls that come while one goes on are one call after it. */
function oneAtATime(work: () => Promise<void>, onError: (error: Error) => void): () => void {
  let running = false;
  let asked = false;
  const start = async (): Promise<void> => {
    asked = true;
    if (running) return;
    running = true;
    while (asked) {
      asked = false;
      await work().catch(onError);
    }
    running = false;
  };
  return () => void start();
}
