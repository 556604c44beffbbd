import path from 'node:path';
import * as vscode from 'vscode';
import { resultsPathFor } from '../../../runs/results-path';
import type { App } from '../app';
import { pickOne } from '../ask';
import { fetchAgain } from '../fetch-again';
import { judgementOf } from '../judgement';
import { notice } from '../notice';
import type { OtherBatch } from '../other-batches';
import { runsBundle } from '../runs-bundle';
import { fetchesResults } from '../settings';
import { savedFile } from '../submission/saved-file';
import { nothingToSubmit } from '../text/submit';
import { chosenBatch } from './other-batch';

/**
 * Follows a batch that was not submitted from here as that of a file: once its results are there, their ids and models
 * are held against the file's.
 */
export async function attachBatch(app: App, listed?: OtherBatch): Promise<void> {
  const chosen = await chosenBatch(app, listed, 'Attach a Batch to Its File');
  const file = chosen && (await askForFile(app, chosen.answer.batch.id));
  if (!file || !(await savedFile(file))) return;
  const check = await app.server.check(file, { hashed: true });
  if (!check) return;
  const nothing = nothingToSubmit(path.basename(file.fsPath), check);
  if (nothing) return void notice.warning(nothing);
  const { answer, destination } = chosen;
  const { sandbox, key, baseUrl, auth } = destination;
  const { resultsFolder: folder, context } = await judgementOf(file, app.models.table);
  const journal = await app.runs.journal();
  const taken = new Set((await journal.list()).map((each) => each.resultsPath));
  const run = await runsBundle().attachBatch({
    source: file.fsPath,
    check,
    models: context.models,
    answer,
    api: app.apis.at({ baseUrl, auth, ...check.judgedBy }),
    sandbox,
    key,
    resultsPath: await resultsPathFor({ source: file.fsPath, at: Date.now(), sandbox, folder, taken }),
    journal,
  });
  await app.runs.refresh();
  if (run.state === 'ended' && !fetchesResults()) return fetchAgain(app, run);
  const said = `The batch is followed as that of ${path.basename(file.fsPath)}; its ids are compared when its results are here.`;
  void notice.information(said);
}

/** The batch file in front, or another one. */
async function askForFile({ activeFile }: App, batchId: string): Promise<vscode.Uri | undefined> {
  const { uri, summary } = activeFile;
  const inFront = uri?.scheme === 'file' && summary?.kind === 'batch' ? uri : undefined;
  const other = 'Choose a File…';
  if (inFront) {
    const name = path.basename(inFront.fsPath);
    const title = `The File That ${batchId} Was Made Of`;
    const answer = await pickOne([{ label: name }, { label: other }], { title });
    if (answer?.label !== other) return answer && inFront;
  }
  const picked = await vscode.window.showOpenDialog({
    title: 'The File That the Batch Was Made Of',
    openLabel: 'Attach',
    filters: { 'Batch files': ['jsonl', 'ndjson'] },
    ...(vscode.workspace.workspaceFolders?.[0] && { defaultUri: vscode.workspace.workspaceFolders[0].uri }),
  });
  return picked?.[0];
}
