import * as vscode from 'vscode';
import type { App } from '../app';
import { notice } from '../notice';
import { notify } from '../settings';

/** One notice where the API refuses a key, until the keys are changed: its batches go on and are not followed meanwhile. */
export function tellOfRefusedKeys({ context, runs, keys }: Pick<App, 'context' | 'runs' | 'keys'>): void {
  const told = new Set<string>();
  context.subscriptions.push(
    keys.onDidChange(() => told.clear()),
    runs.onDidRefuse(async ({ message }) => {
      if (told.has(message) || notify() === 'none') return;
      told.add(message);
      const set = 'Set API Key…';
      const said = `${message} Its batches go on, and are followed again once the key is taken.`;
      if ((await notice.warning(said, set)) === set) await vscode.commands.executeCommand('messageBatches.setApiKey');
    }),
  );
}
