import * as vscode from 'vscode';
import type { App } from '../app';

/** Starts the sandbox for this window: from here on everything is submitted to it. */
export async function tryWithoutKey({ sandbox }: App): Promise<void> {
  if (sandbox.current) return;
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'Starting the sandbox' }, () =>
    sandbox.enter(),
  );
}

export async function leaveSandbox({ sandbox, runs }: App): Promise<void> {
  const running = runs.all.some((run) => run.sandbox && ['in_progress', 'canceling', 'ended'].includes(run.state));
  const question = 'Leave the sandbox? Its running batches end without results.';
  if (running && (await vscode.window.showWarningMessage(question, { modal: true }, 'Leave Sandbox')) === undefined)
    return;
  sandbox.leave();
}
