import * as vscode from 'vscode';
import { isRunning } from '../../../runs/run-words';
import type { App } from '../app';
import { runStatus } from '../text/run-status';
import { setStatus } from './file-status';

/** How often the time that has gone by is said anew while something runs. */
const TICK_MS = 5000;

/** One item while something runs. */
export function showRunStatus({ context, runs }: Pick<App, 'context' | 'runs'>): void {
  const item = vscode.window.createStatusBarItem('messageBatches.run', vscode.StatusBarAlignment.Left, 49);
  item.name = 'Message Batches: Running';
  item.command = 'messageBatches.runs.focus';
  let tick: NodeJS.Timeout | undefined;
  const update = (): void => {
    clearTimeout(tick);
    const status = runStatus(
      runs.all.filter((run) => isRunning(run) && !runs.troubleOf(run)),
      Date.now(),
    );
    if (status) {
      setStatus(item, status);
      tick = setTimeout(update, TICK_MS);
    } else item.hide();
  };
  context.subscriptions.push(item, runs.onDidChange(update), { dispose: () => clearTimeout(tick) });
  update();
}
