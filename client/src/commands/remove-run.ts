import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { apiFor } from '../runs-bundle';
import {
  deleteQuestion,
  forgetQuestion,
  hasResults,
  isDeletable,
  isForgettable,
  runLabel,
  trashQuestion,
} from '../text/removal';
import type { Question } from '../text/submit';

/** Takes a run out of the journal; its batch and its results stay. */
export async function forgetRun(app: App, listed?: Run): Promise<void> {
  const run = await agreedRun(app, listed, isForgettable, forgetQuestion);
  if (!run) return;
  await (await app.runs.journal()).remove(run.id);
  await app.runs.refresh();
}

/** Deletes an ended batch at the API, for everyone in its workspace. */
export async function deleteBatch(app: App, listed?: Run): Promise<void> {
  const run = await agreedRun(app, listed, isDeletable, deleteQuestion);
  if (!run?.batch) return;
  const api = await apiFor(app, run);
  if (!api)
    return void vscode.window.showWarningMessage('The key that this batch was submitted with is not stored here.');
  await api.delete(run.batch.id);
  const problem = { message: 'The batch was deleted.', requestId: null };
  if (!hasResults(run)) await (await app.runs.journal()).update(run.id, { state: 'lost', problem }, run.state);
  await app.runs.refresh();
}

/** Puts the results file where the system keeps what is thrown away. */
export async function trashResults(app: App, listed?: Run): Promise<void> {
  const run = await agreedRun(app, listed, hasResults, trashQuestion);
  if (!run) return;
  await vscode.workspace.fs.delete(vscode.Uri.file(run.resultsPath), { useTrash: true });
  await app.runs.refresh();
}

/** The run of the menu, else one that is chosen, as the journal has it now, once the person has said yes. */
async function agreedRun(
  { runs }: App,
  listed: Run | undefined,
  fits: (run: Run) => boolean,
  question: (run: Run) => Question,
): Promise<Run | undefined> {
  const chosen = listed ?? (await pick((await runs.refresh()).filter(fits)));
  const run = chosen && (await (await runs.journal()).get(chosen.id));
  if (!run || !fits(run)) return undefined;
  const { message, detail, buttons } = question(run);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons)) ? run : undefined;
}

async function pick(runs: readonly Run[]): Promise<Run | undefined> {
  const items = runs.map((run) => ({ label: runLabel(run), description: run.batch?.id ?? '', run }));
  if (items.length === 0) void vscode.window.showInformationMessage('There is no such run.');
  return items.length > 0 ? (await vscode.window.showQuickPick(items, { title: 'Which run?' }))?.run : undefined;
}
