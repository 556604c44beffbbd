import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import { writeRows } from '../../../results/write-rows';
import { mergedPathFor } from '../../../runs/results-path';
import type { App } from '../app';
import { notice } from '../notice';
import { showLeft } from '../requests';
import { readResults, withProgress } from '../results-at-hand';
import { targetFile } from '../target';
import { noResultsYet } from '../text/answer';
import { resultsShown } from './create-retry-file';

/** Writes the results of a run and its retries as one file, in the order of the requests: the latest success of each. */
export async function writeMergedResults(app: App, given?: unknown): Promise<void> {
  const source = targetFile(app, given);
  if (!source) return;
  const results = await readResults(app, source, resultsShown(app, source));
  if (!results) return void notice.information(noResultsYet(path.basename(source.fsPath)));
  const { table, order } = results;
  try {
    const target = await mergedPathFor(source.fsPath);
    const name = path.basename(target);
    const written = await withProgress(table.paths[0] ?? '', `Writing ${name}`, (signal) =>
      writeRows(table, order, target, signal),
    );
    if (written === undefined) return;
    const said = `${name} holds ${counted(written, 'result')} of ${counted(table.paths.length, 'attempt')}.`;
    const open = 'Open';
    if ((await notice.information(said, open)) === open) {
      await showLeft(vscode.Uri.file(target));
    }
  } finally {
    table.close();
  }
}
