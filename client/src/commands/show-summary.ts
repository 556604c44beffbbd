import path from 'node:path';
import * as vscode from 'vscode';
import { summaryOf } from '../../../results/summary';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { readResults } from '../results-at-hand';
import { targetFile } from '../target';
import { noResultsYet } from '../text/answer';
import { summaryMarkdown } from '../text/summary';
import { resultsShown } from './create-retry-file';

/** Shows what a run came to, in figures: of a batch that the tree or a notification hands over, else of the file in front. */
export async function showSummary(app: App, given?: unknown): Promise<void> {
  const run = isRun(given) ? given : undefined;
  const source = run ? vscode.Uri.file(run.source) : targetFile(app, given);
  if (!source) return;
  const name = path.basename(source.fsPath);
  const results = await readResults(app, source, run?.resultsPath ?? resultsShown(app, source));
  if (!results) return void vscode.window.showInformationMessage(noResultsYet(name));
  results.table.close();
  const known = run ?? (await runOf(app, results.table.paths[0]));
  await app.reports.show(`Summary of ${name}`, source, summaryMarkdown(name, summaryOf(results.table.rows), known));
}

async function runOf({ runs }: App, resultsPath: string | undefined): Promise<Run | undefined> {
  return (await (await runs.journal()).list()).find((run) => run.resultsPath === resultsPath);
}

function isRun(given: unknown): given is Run {
  return typeof given === 'object' && given !== null && 'resultsPath' in given && 'source' in given;
}
