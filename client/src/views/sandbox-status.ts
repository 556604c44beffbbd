import * as vscode from 'vscode';
import type { App } from '../app';

/** Says, as long as the sandbox is on, that nothing in this window is the real thing. */
export function showSandboxStatus({ context, sandbox }: Pick<App, 'context' | 'sandbox'>): void {
  const item = vscode.window.createStatusBarItem('messageBatches.sandbox', vscode.StatusBarAlignment.Left, 51);
  item.name = 'Message Batches: Sandbox';
  item.text = '$(beaker) Sandbox';
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.command = 'messageBatches.leaveSandbox';
  const update = (): void => {
    item.tooltip = `Batches of this window go to the sandbox at ${sandbox.current?.url}: nothing leaves this machine, nothing costs anything. Click to leave the sandbox.`;
    if (sandbox.current) item.show();
    else item.hide();
  };
  context.subscriptions.push(item, sandbox.onDidChange(update));
}
