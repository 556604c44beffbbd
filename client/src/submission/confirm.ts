import path from 'node:path';
import * as vscode from 'vscode';
import { isOver } from '../../../batch/split';
import type { FileCheck } from '../../../files/file-check';
import { resultsPathFor } from '../../../runs/results-path';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import type { Destination } from '../destination';
import { isIgnoredByGit } from '../git-ignored';
import { judgementOf } from '../judgement';
import { notice } from '../notice';
import { type Confirmation, confirmation, SHOW_COST, submitButton } from '../text/submit';

/** The one question before anything is sent. The absolute path of the results when the answer is yes. */
export async function askConfirmation(
  app: Pick<App, 'runs' | 'models'>,
  file: vscode.Uri,
  check: FileCheck,
  destination: Destination,
  leftOut: readonly string[],
  earlier: Run | null,
): Promise<string | undefined> {
  const facts = await factsOf(app, file, check, destination, leftOut, earlier);
  const { message, detail, buttons } = confirmation(facts);
  const answer = await vscode.window.showInformationMessage(message, { modal: true, detail }, ...buttons);
  if (answer === SHOW_COST) await showCost(file);
  if (answer !== submitButton(facts)) return undefined;
  const { judgedBy, faults } = await judgementOf(file, app.models.table);
  if (judgedBy.hash === check.judgedBy.hash && faults.length === 0) return facts.resultsPath;
  void notice.warning('What the file is judged by was changed meanwhile, so nothing was sent: submit it again.');
  return undefined;
}

async function factsOf(
  { runs }: Pick<App, 'runs'>,
  file: vscode.Uri,
  check: FileCheck,
  destination: Destination,
  leftOut: readonly string[],
  earlier: Run | null,
): Promise<Confirmation> {
  const source = file.fsPath;
  const { sandbox } = destination;
  const journal = await runs.journal();
  const taken = new Set((await journal.list()).map((run) => run.resultsPath));
  const { resultsFolder, splitAt } = await judgementOf(file);
  const resultsPath = await resultsPathFor({ source, at: Date.now(), sandbox, folder: resultsFolder, taken });
  const ignoredByGit = await isIgnoredByGit(resultsPath);
  return {
    source,
    check,
    destination,
    resultsPath,
    ignoredByGit,
    leftOut,
    earlier,
    several: isOver(check, splitAt),
  };
}

/** The question is gone while the figures are read; a notification leads back to it. */
async function showCost(file: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('messageBatches.showCostBreakdown', file);
  const again = 'Submit…';
  const said = `Nothing of ${path.basename(file.fsPath)} was sent yet.`;
  void notice.information(said, again).then((answer) => {
    if (answer === again) void vscode.commands.executeCommand('messageBatches.submit', file);
  });
}
