import * as vscode from 'vscode';
import type { ReadOptions } from '../../files/read-lines';

/** Work on larger files is worth a notification with a button to stop it, in bytes. */
const LARGE_BYTES = 100_000_000;

/** Reads or writes a file, with progress and a way to stop, which throws. */
export async function withFileProgress<T>(
  file: vscode.Uri,
  title: string,
  work: (options: ReadOptions) => Promise<T>,
): Promise<T> {
  const { size } = await vscode.workspace.fs.stat(file);
  const { Notification, Window } = vscode.ProgressLocation;
  const location = size > LARGE_BYTES ? Notification : Window;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort(new vscode.CancellationError()));
    let reported = 0;
    const onProgress = (bytes: number, total: number): void => {
      const percentage = (100 * bytes) / Math.max(1, total);
      progress.report({ increment: percentage - reported });
      reported = percentage;
    };
    return work({ signal: stop.signal, onProgress });
  });
}
