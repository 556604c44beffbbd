import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { pickRun } from '../pick-run';
import { gateway, stateDirSetting } from '../settings';
import { canContinueInTerminal, launcher, terminalAdvice, terminalCommand } from '../text/continue-in-terminal';

/**
 * Opens a terminal in which the command that goes on with a run waits for Enter: it watches on when this window is
 * closed. No key is given to it.
 */
export async function continueInTerminal(app: App, listed?: Run): Promise<void> {
  const run = await pickRun(app, listed, canContinueInTerminal);
  if (!run) return;
  const { platform } = process;
  const folder = await writeLauncher(app.context);
  const name = platform === 'win32' ? 'Path' : 'PATH';
  const advice = terminalAdvice(run);
  const terminal = vscode.window.createTerminal({
    name: 'Message Batches',
    cwd: path.dirname(run.source),
    env: { [name]: [folder, process.env[name]].filter(Boolean).join(path.delimiter) },
    ...(advice && { message: advice }),
  });
  terminal.show();
  const situation = { stateDir: stateDirSetting(), gateway: gateway(), platform };
  terminal.sendText(terminalCommand(run, situation), false);
}

/** The folder with a program `message-batches`: the package's own command line, of the same version as this window. */
async function writeLauncher({ globalStorageUri, extensionUri }: vscode.ExtensionContext): Promise<string> {
  const folder = path.join(globalStorageUri.fsPath, 'bin');
  const cli = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.js').fsPath;
  const { name, text } = launcher(process.execPath, cli, process.platform);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), text, { mode: 0o755 });
  return folder;
}
