import path from 'node:path';
import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { notice } from '../notice';
import { reportRunError } from '../report';
import { apiFor, runsBundle } from '../runs-bundle';
import { needsKey } from '../text/destination';
import { reportUncertain, sendingWith } from './send';

/** Sends the batches of a run of which some were made, with progress and cancel. */
export async function sendTheRest(
  app: Pick<App, 'runs' | 'keys' | 'apis' | 'sandbox' | 'log'>,
  run: Run,
): Promise<void> {
  const api = await apiFor(app, run);
  if (!api) return void notice.warning(needsKey(run));
  const journal = await app.runs.journal();
  const title = `Sending the rest of ${path.basename(run.source)}`;
  const location = vscode.ProgressLocation.Notification;
  const { run: sent, error } = await vscode.window.withProgress(
    { location, title, cancellable: true },
    (progress, token) => runsBundle().sendRest(run, { api, journal, ...sendingWith(progress, token) }),
  );
  await app.runs.refresh();
  if (sent.state === 'uncertain') await reportUncertain(sent.id);
  else if (error) await reportRunError(error, app.log, () => sendTheRest(app, sent));
}
