import path from 'node:path';
import * as vscode from 'vscode';
import type { FileCheck } from '../../../files/file-check';
import type { Submission } from '../../../runs/submit';
import type { App } from '../app';
import type { Destination } from '../destination';
import { reportRunError } from '../report';
import { runsBundle } from '../runs-bundle';
import { gateway } from '../settings';

/** What a person said yes to. */
export interface Agreed {
  readonly file: vscode.Uri;
  readonly check: FileCheck;
  readonly destination: Destination;
  /** Absolute. */
  readonly resultsPath: string;
}

/** Sends it once, with progress and cancel, and has it followed. `again` leads through all questions anew. */
export async function send(
  app: Pick<App, 'runs' | 'log' | 'server'>,
  agreed: Agreed,
  again: () => Promise<void>,
): Promise<void> {
  const title = `Sending ${path.basename(agreed.file.fsPath)}`;
  const location = vscode.ProgressLocation.Notification;
  const { run, error } = await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    upload(app, agreed, progress, token),
  );
  await app.runs.refresh();
  if (error?.said) {
    const submitted = vscode.Uri.file((await app.runs.journal()).submittedFile(run.id));
    await app.server.tellApiFindings(agreed.file, { submitted, refusal: error.said });
  }
  if (run.state === 'uncertain') await reportUncertain(run.id);
  else if (error) await reportRunError(error, app.log, again);
  else
    app.log.info(`Batch ${run.batch?.id} was created from ${run.requests} requests of ${path.basename(run.source)}.`);
}

async function upload(
  { runs }: Pick<App, 'runs'>,
  { file, check, destination, resultsPath }: Agreed,
  progress: vscode.Progress<{ increment: number }>,
  token: vscode.CancellationToken,
): Promise<Submission> {
  const { baseUrl, auth, sandbox, key } = destination;
  const { apiVersion, betas } = check.judgedBy;
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  let reported = 0;
  return runsBundle().submitRun({
    draft: { source: file.fsPath, sandbox, key, resultsPath },
    check,
    api: runsBundle().createBatchesApi({ baseUrl, auth, apiVersion, betas, ...gateway() }),
    journal: await runs.journal(),
    signal: abort.signal,
    onProgress: (sent, total) => {
      const percentage = (100 * sent) / total;
      progress.report({ increment: percentage - reported });
      reported = percentage;
    },
  });
}

async function reportUncertain(id: string): Promise<void> {
  const settle = 'Settle…';
  const said =
    'The connection ended before the API answered: a batch may have been made, and nothing is sent again by itself.';
  if ((await vscode.window.showWarningMessage(said, settle)) === settle) {
    await vscode.commands.executeCommand('messageBatches.settleRun', id);
  }
}
