import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { size } from '../../../batch/wording';
import { snapshotOf, totalOf } from '../../../runs/batch-state';
import type { App } from '../app';
import { notice } from '../notice';
import type { OtherBatch } from '../other-batches';
import { runsBundle } from '../runs-bundle';
import { noResultsOf } from '../text/other-batches';
import { type ChosenBatch, chosenBatch } from './other-batch';

/** Fetches the results of any batch that the key sees to a file of the person's choice, and opens them. */
export async function openBatchResults(app: App, listed?: OtherBatch): Promise<void> {
  const chosen = await chosenBatch(app, listed, 'Open Results of a Batch');
  if (!chosen) return;
  const { batch } = chosen.answer;
  const run = (await app.runs.listed()).find((each) => each.batch?.id === batch.id);
  if (run?.state === 'fetched') return void (await vscode.commands.executeCommand('messageBatches.openResults', run));
  const nothing = noResultsOf(snapshotOf(batch));
  if (nothing) return void notice.information(nothing);
  const target = await askWhere(batch.id);
  if (!target || !(await fetchTo(app, target, chosen))) return;
  await app.results.open(target, target.fsPath);
}

/** The file, which must not be there yet: results are never written over another file. */
async function askWhere(id: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${id}.results.jsonl`;
  const defaultUri = folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(path.resolve(name));
  const filters = { 'Results of a batch': ['jsonl'] };
  const target = await vscode.window.showSaveDialog({ title: 'Fetch Results To', defaultUri, filters });
  if (!target || !(await exists(target.fsPath))) return target;
  void notice.warning(`${path.basename(target.fsPath)} is there already: take another name.`);
  return undefined;
}

/** False where the person canceled. Throws `RunError`. */
async function fetchTo({ others, models }: App, target: vscode.Uri, chosen: ChosenBatch): Promise<boolean> {
  const { answer, destination } = chosen;
  const batch = snapshotOf(answer.batch);
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: 'Fetching results', cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      await runsBundle().downloadResults({
        api: others.apiAt(destination),
        batchId: batch.id,
        rows: totalOf(batch),
        target: target.fsPath,
        like: target.fsPath,
        models: models.table,
        onProgress: (bytes) => progress.report({ message: size(bytes) }),
        signal: abort.signal,
      });
      return !abort.signal.aborted;
    },
  );
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
