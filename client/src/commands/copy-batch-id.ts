import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';

export async function copyBatchId(_: App, run: Run): Promise<void> {
  if (run.batch) await vscode.env.clipboard.writeText(run.batch.id);
}
