import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';

/** A local Message Batches API for this window only. While it is on, everything is submitted to it. */
export interface SandboxMode {
  readonly current: RunningSandbox | undefined;
  readonly onDidChange: vscode.Event<void>;
  /** Starts it, where it is not running. Throws when it cannot be started. */
  enter(): Promise<void>;
  leave(): void;
}

export interface RunningSandbox {
  readonly url: string;
  readonly token: string;
}

/** Keeps the context key `messageBatches.sandbox` true. */
export function createSandboxMode(
  { extensionUri, subscriptions }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): SandboxMode {
  const changed = new vscode.EventEmitter<void>();
  const bundle = vscode.Uri.joinPath(extensionUri, 'dist', 'sandbox.js').fsPath;
  let running: (RunningSandbox & { readonly process: ChildProcess }) | undefined;
  const become = (next: typeof running): void => {
    running = next;
    void vscode.commands.executeCommand('setContext', 'messageBatches.sandbox', next !== undefined);
    changed.fire();
  };
  const leave = (): void => {
    running?.process.kill();
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
      const process = start(bundle);
      const address = await addressOf(process);
      log.info(`The sandbox listens at ${address.url}.`);
      process.once('exit', () => running?.process === process && become(undefined));
      become({ ...address, process });
    },
    leave,
  };
}

/** The editor's own Node runs it; in a desktop editor that must be told to be one. */
function start(bundle: string): ChildProcess {
  return fork(bundle, [], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Its first line on stdout says where it listens and which token it takes. */
async function addressOf(child: ChildProcess): Promise<RunningSandbox> {
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  const [said] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])]);
  if (!said) throw new Error('The sandbox could not be started.');
  return JSON.parse(String(said)) as RunningSandbox;
}
