import * as vscode from 'vscode';
import { newsIn, takeNews } from '../../../runs/news';
import type { App } from '../app';
import { stateDir } from '../settings';
import { endedBatches } from '../text/notify';
import { isWindowThere } from '../window-presence';

/** How many batches have ended since the list was looked at, on its icon: in all windows, until it is looked at in one. */
export function showBadge(
  { context, runs }: Pick<App, 'context' | 'runs'>,
  view: Pick<vscode.TreeView<unknown>, 'badge' | 'visible' | 'onDidChangeVisibility'>,
): void {
  const update = async (): Promise<void> => {
    const unseen = await newsIn(stateDir(), 'unseen');
    if (view.visible && unseen.length > 0 && (await isWindowThere(update)))
      for (const id of unseen) await takeNews(stateDir(), 'unseen', id);
    const value = view.visible ? 0 : unseen.length;
    view.badge = value > 0 ? { value, tooltip: endedBatches(value) } : undefined;
  };
  context.subscriptions.push(
    runs.onDidChange(update),
    view.onDidChangeVisibility(update),
    vscode.window.onDidChangeWindowState(update),
  );
  void update();
}
