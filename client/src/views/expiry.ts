import * as vscode from 'vscode';
import { isExpiring } from '../../../runs/deadlines';
import { isFirstToWarn } from '../../../runs/news';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { notice } from '../notice';
import { stateDir } from '../settings';
import { expirySentence } from '../text/notify';
import { isWindowThere } from '../window-presence';

/** A window that stays open for weeks looks so often. */
const LOOK_MS = 60 * 60_000;

/** Warns once of results that the API will soon delete and that are not on this disk. */
export function warnOfExpiry({ context, runs, log }: Pick<App, 'context' | 'runs' | 'log'>): void {
  const look = async (): Promise<void> => {
    if (!vscode.workspace.isTrusted || !vscode.window.state.focused) return;
    const warned: Run[] = [];
    const expiring = runs.all.filter((run) => !run.sandbox && isExpiring(run, Date.now()));
    if (expiring.length === 0 || !(await isWindowThere(again))) return;
    for (const run of expiring) if (await isFirstToWarn(stateDir(), run.id)) warned.push(run);
    if (warned.length > 0) await warn(warned);
  };
  const again = (): void => void look().catch((error) => log.error(error));
  const timer = setInterval(again, LOOK_MS);
  context.subscriptions.push(runs.onDidChange(again), vscode.window.onDidChangeWindowState(again), {
    dispose: () => clearInterval(timer),
  });
}

async function warn(runs: readonly Run[]): Promise<void> {
  const [only, ...more] = runs;
  const button = only && more.length === 0 ? 'Fetch Results' : 'Show Batches';
  if ((await notice.warning(expirySentence(runs), button)) !== button) return;
  if (button === 'Fetch Results') await vscode.commands.executeCommand('messageBatches.fetchResults', only);
  else await vscode.commands.executeCommand('messageBatches.runs.focus');
}
