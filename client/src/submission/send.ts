import path from 'node:path';
import * as vscode from 'vscode';
import type { FileCheck } from '../../../files/file-check';
import type { Run } from '../../../runs/run';
import type { SendOptions, Submission } from '../../../runs/send';
import type { App } from '../app';
import type { Destination } from '../destination';
import { judgementOf } from '../judgement';
import { notice } from '../notice';
import { reportRunError } from '../report';
import { runsBundle } from '../runs-bundle';
import { warnOfRebuild } from './dev-container';
import { standingOfFile } from './earlier-run';

/** What a person said yes to. */
export interface Agreed {
  readonly file: vscode.Uri;
  readonly check: FileCheck;
  readonly destination: Destination;
  /** Absolute. */
  readonly resultsPath: string;
  /** The run of the same requests that is to be bought once more. */
  readonly earlier: Run | null;
}

/** Sends it once, with progress and cancel, and has it followed. `again` leads through all questions anew. */
export async function send(
  app: Pick<App, 'runs' | 'apis' | 'models' | 'log' | 'server'>,
  agreed: Agreed,
  again: () => Promise<void>,
): Promise<void> {
  const submission = await sendUnlessSent(app, agreed);
  await app.runs.refresh();
  if (!submission) return again();
  const { run, error } = submission;
  if (error?.said) {
    const submitted = vscode.Uri.file((await app.runs.journal()).submittedFile(run.id));
    await app.server.tellApiFindings(agreed.file, { submitted, refusal: error.said });
  }
  if (run.state === 'uncertain') await reportUncertain(run.id);
  else if (error) await reportRunError(error, app.log, again);
  else {
    app.log.info(`Batch ${run.batch?.id} was created from ${run.requests} requests of ${path.basename(run.source)}.`);
    await warnOfRebuild((await app.runs.journal()).stateDir);
  }
}

/** Null where the file was sent by another window or terminal after this person had been asked, or is being sent. */
async function sendUnlessSent(app: Pick<App, 'runs' | 'apis' | 'models'>, agreed: Agreed): Promise<Submission | null> {
  const { file, check, destination, earlier } = agreed;
  const journal = await app.runs.journal();
  const lock = await journal.lock(`submit-${check.sha256}`, LOCK_WAIT_MS);
  if (!lock) return null;
  try {
    const standing = await standingOfFile(journal, file, check, destination);
    if (standing.kind !== 'new' && standing.run.id !== earlier?.id) return null;
    const title = `Sending ${path.basename(file.fsPath)}`;
    const location = vscode.ProgressLocation.Notification;
    return await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
      upload(app, agreed, sendingWith(progress, token)),
    );
  } finally {
    await lock.release();
  }
}

/** Who holds it longer than this has a run in the journal by then. */
const LOCK_WAIT_MS = 2_000;

async function upload(
  { runs, apis, models }: Pick<App, 'runs' | 'apis' | 'models'>,
  { file, check, destination, resultsPath, earlier }: Agreed,
  sending: Pick<SendOptions, 'onProgress' | 'signal'>,
): Promise<Submission> {
  const { baseUrl, auth, sandbox, key } = destination;
  const { apiVersion, betas } = check.judgedBy;
  const { context, splitAt } = await judgementOf(file, models.table);
  return runsBundle().submitRun({
    draft: { source: file.fsPath, sandbox, key, resultsPath, again: earlier !== null },
    check,
    models: context.models,
    api: apis.at({ baseUrl, auth, apiVersion, betas }),
    journal: await runs.journal(),
    splitAt,
    ...sending,
  });
}

/** How an upload shows how far it is, and is canceled. */
export function sendingWith(
  progress: vscode.Progress<{ increment: number }>,
  token: vscode.CancellationToken,
): Pick<SendOptions, 'onProgress' | 'signal'> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  let reported = 0;
  return {
    signal: abort.signal,
    onProgress(sent, total) {
      const percentage = (100 * sent) / total;
      progress.report({ increment: percentage - reported });
      reported = percentage;
    },
  };
}

export async function reportUncertain(id: string): Promise<void> {
  const settle = 'Settle…';
  const said =
    'The connection ended before the API answered: a batch may have been made, and nothing is sent again by itself.';
  if ((await notice.warning(said, settle)) === settle) {
    await vscode.commands.executeCommand('messageBatches.settleRun', id);
  }
}
