import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { apiFor, runsBundle } from '../runs-bundle';

/** Asks the API to cancel a batch, after one question: what is answered until then is billed. */
export async function cancelRun(app: App, run: Run): Promise<void> {
  const detail = 'Requests that are answered by then are billed and their results fetched; the others end as canceled.';
  const name = path.basename(run.source);
  const question = `Cancel the batch of ${counted(run.requests, 'request')} from ${name}?`;
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Cancel Batch')) !== 'Cancel Batch')
    return;
  const api = await apiFor(app, run);
  if (!api)
    return void vscode.window.showWarningMessage('The key that this batch was submitted with is not stored here.');
  await runsBundle().cancelRun(run, api, await app.runs.journal());
  await app.runs.refresh();
}
