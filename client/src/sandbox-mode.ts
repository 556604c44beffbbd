import type { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { type RunningSandbox, startSandbox } from './sandbox-process';

/** A local Message Batches API for this window only. While it is on, everything is submitted to it. */
export interface SandboxMode {
  readonly current: RunningSandbox | undefined;
  readonly onDidChange: vscode.Event<void>;
  /** Starts it, where it is neither running nor starting. Throws when it cannot be started. */
  enter(): Promise<void>;
  leave(): void;
}

/** Keeps the context key `messageBatches.sandbox` true. */
export function createSandboxMode(
  { extensionUri, subscriptions }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): SandboxMode {
  const changed = new vscode.EventEmitter<void>();
  const bundle = vscode.Uri.joinPath(extensionUri, 'dist', 'sandbox.js').fsPath;
  let running: (RunningSandbox & { readonly child: ChildProcess }) | undefined;
  let starting: Promise<void> | undefined;
  const become = (next: typeof running): void => {
    running = next;
    void vscode.commands.executeCommand('setContext', 'messageBatches.sandbox', next !== undefined);
    changed.fire();
  };
  const start = async (): Promise<void> => {
    const sandbox = await startSandbox(bundle, (line) => log.warn(`sandbox: ${line}`));
    log.info(`The sandbox listens at ${sandbox.url}.`);
    sandbox.child.once('exit', () => running === sandbox && become(undefined));
    become(sandbox);
  };
  const leave = (): void => {
    running?.child.kill();
    if (running) become(undefined);
  };
  subscriptions.push(changed, { dispose: leave });
  return {
    get current() {
      return running;
    },
    onDidChange: changed.event,
    enter: async () => {
      if (running) return;
      starting ??= start().finally(() => {
        starting = undefined;
      });
      await starting;
    },
    leave,
  };
}
