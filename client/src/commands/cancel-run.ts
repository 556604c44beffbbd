import * as vscode from 'vscode';
import { CANCELABLE_STATES, type Run } from '../../../runs/run';
import type { App } from '../app';
import { notice } from '../notice';
import { pickRun } from '../pick-run';
import { apiFor, runsBundle } from '../runs-bundle';
import { cancelQuestion, nothingToCancel } from '../text/cancel';
import { needsKey } from '../text/destination';

/** Asks the API to cancel a batch, after one question, during which the batch may have ended. */
export async function cancelRun(app: App, given?: Run): Promise<void> {
  const listed = given ?? (await pickRun(app, undefined, isCancelable));
  if (!listed) return;
  const { question, detail } = cancelQuestion(listed);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Cancel Batch')) !== 'Cancel Batch')
    return;
  const journal = await app.runs.journal();
  const run = (await journal.get(listed.id)) ?? listed;
  const now = isCancelable(run) ? await cancel(app, run) : run;
  if (now && !isCancelable(now)) void notice.information(nothingToCancel(now));
  await app.runs.refresh();
}

/** The run as it stands afterwards; undefined where there is no key for it. */
async function cancel(app: App, run: Run): Promise<Run | undefined> {
  const api = await apiFor(app, run);
  if (api) return runsBundle().cancelRun(run, api, await app.runs.journal());
  void notice.warning(needsKey(run));
  return undefined;
}

const isCancelable = ({ state }: Run): boolean => CANCELABLE_STATES.includes(state);
