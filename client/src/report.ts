import * as vscode from 'vscode';
import { isRunError, type RunError } from '../../runs/run-error';
import { notice } from './notice';
import { remedyFor } from './text/errors';

/** Tells a person what the world did wrong, in one sentence with one button; `again` is what "Try Again" does. */
export async function reportRunError(
  error: RunError,
  log: vscode.LogOutputChannel,
  again: () => Promise<void>,
): Promise<void> {
  if (error.kind === 'canceled') return;
  log.error(`${error.message}${error.requestId ? ` (request ${error.requestId})` : ''}`);
  const { title, command } = remedyFor(error.kind);
  if ((await notice.error(error.message, title)) !== title) return;
  if (command) await vscode.commands.executeCommand(command);
  else await again();
}

/** The end of every error that nobody caught: what is ours goes to the log with its stack. */
export async function reportFailure(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof vscode.CancellationError) return;
  if (isRunError(error)) return reportRunError(error, log, async () => {});
  log.error(error instanceof Error ? error : String(error));
  const said = error instanceof Error ? error.message : String(error);
  const chosen = await notice.error(`Message Batches: ${said}`, 'Show Log');
  if (chosen) log.show();
}
