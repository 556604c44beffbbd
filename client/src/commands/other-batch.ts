import * as vscode from 'vscode';
import { snapshotOf } from '../../../runs/batch-state';
import type { BatchAnswer } from '../../../runs/batches-api';
import type { App } from '../app';
import { askText } from '../ask';
import { type Destination, findDestination } from '../destination';
import type { OtherBatch } from '../other-batches';
import { batchIdProblem, cancelOtherQuestion, deleteOtherQuestion } from '../text/other-batches';
import type { Question } from '../text/submit';

/** Cancels a batch that was not submitted from here, after a question that says so. */
export async function cancelOtherBatch(app: App, other: OtherBatch): Promise<void> {
  if (!(await isAgreed(cancelOtherQuestion(other.batch)))) return;
  const canceled = await app.others.apiAt(other.destination).cancel(other.batch.id);
  app.others.note(other.batch.id, snapshotOf(canceled));
}

/** Deletes one, for everyone in the API workspace. */
export async function deleteOtherBatch(app: App, other: OtherBatch): Promise<void> {
  if (!(await isAgreed(deleteOtherQuestion(other.batch)))) return;
  await app.others.apiAt(other.destination).delete(other.batch.id);
  app.others.note(other.batch.id, undefined);
}

async function isAgreed({ message, detail, buttons }: Question): Promise<boolean> {
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons)) !== undefined;
}

/** A batch that a person named, as the API has it now. */
export interface ChosenBatch {
  readonly answer: BatchAnswer;
  readonly destination: Destination;
}

/** The batch of the menu, else one whose id is asked for. Throws `RunError`. */
export async function chosenBatch(
  app: App,
  listed: OtherBatch | undefined,
  title: string,
): Promise<ChosenBatch | undefined> {
  const id = listed?.batch.id ?? (await askForId(title));
  if (id === undefined) return undefined;
  const file = app.activeFile.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const destination = listed?.destination ?? (await findDestination(app, file));
  return destination && { destination, answer: await app.others.apiAt(destination).retrieve(id) };
}

async function askForId(title: string): Promise<string | undefined> {
  const prompt = 'The id of a batch of your API workspace, whoever submitted it.';
  const options = { title, prompt, placeHolder: 'msgbatch_…' };
  return (await askText({ ...options, validateInput: batchIdProblem }))?.trim();
}
