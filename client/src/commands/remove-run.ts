import * as vscode from 'vscode';
import { NEWS, takeNews } from '../../../runs/news';
import { singles } from '../../../runs/parts';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { notice } from '../notice';
import { pickRun } from '../pick-run';
import { apiFor } from '../runs-bundle';
import { needsKey } from '../text/destination';
import {
  deleteQuestion,
  forgetQuestion,
  hasResults,
  isDeletable,
  isForgettable,
  noTrashQuestion,
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
  if (!api) return void notice.warning(needsKey(run));
  for (const { batch } of singles([run])) if (batch) await api.delete(batch.id);
  const problem = { message: 'The batch was deleted.', requestId: null };
  const journal = await app.runs.journal();
  if (!hasResults(run)) await journal.update(run.id, { state: 'lost', problem }, run.state);
  // Who did it knows it.
  for (const news of NEWS) await takeNews(journal.stateDir, news, run.id);
  await app.runs.refresh();
}

/** Puts the results file where the system keeps what is thrown away. */
export async function trashResults(app: App, listed?: Run): Promise<void> {
  const run = await agreedRun(app, listed, hasResults, trashQuestion);
  if (!run) return;
  const file = vscode.Uri.file(run.resultsPath);
  const isTrashed = await vscode.workspace.fs.delete(file, { useTrash: true }).then(
    () => true,
    () => false,
  );
  // A remote has no trash.
  if (!isTrashed && (await isAgreed(noTrashQuestion(run)))) await vscode.workspace.fs.delete(file);
  await app.runs.refresh();
}

/** Undefined where the person did not say yes. */
async function agreedRun(
  app: App,
  listed: Run | undefined,
  fits: (run: Run) => boolean,
  question: (run: Run) => Question,
): Promise<Run | undefined> {
  const run = await pickRun(app, listed, fits);
  return run && (await isAgreed(question(run))) ? run : undefined;
}

async function isAgreed({ message, detail, buttons }: Question): Promise<boolean> {
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons)) !== undefined;
}
