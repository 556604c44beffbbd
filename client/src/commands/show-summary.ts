import path from 'node:path';
import * as vscode from 'vscode';
import { AskedOf } from '../../../results/asked-of';
import { type Facet, facetsIn } from '../../../results/facets';
import { summaryOf } from '../../../results/summary';
import { findMisfits } from '../../../results/thread/on-thread';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { notice } from '../notice';
import { type ResultsAtHand, readResults, withProgress } from '../results-at-hand';
import { resultsThread } from '../results-thread';
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
  if (!results) return void notice.information(noResultsYet(name));
  results.table.close();
  const misfits = await misfitsOf(app, source, results);
  if (misfits === undefined) return;
  const page = summaryMarkdown(name, summaryOf(results.table.rows), { run: run ?? results.run, misfits });
  await app.reports.show(`Summary of ${name}`, source, page);
}

/** What is wrong with the answers that count and do not fit; null where none was asked to, undefined where the person canceled. */
async function misfitsOf(
  { context }: App,
  source: vscode.Uri,
  { table, places }: ResultsAtHand,
): Promise<readonly Facet[] | null | undefined> {
  if (places.size === 0) return null;
  const asked = AskedOf.open(source.fsPath, places);
  asked.close();
  if (asked.fields.length === 0) return null;
  const task = { paths: table.paths, source: source.fsPath };
  return withProgress(table.paths[0] ?? '', 'Holding answers against their schemas', async (signal, onProgress) => {
    const found = await findMisfits(task, { script: resultsThread(context), signal, onProgress });
    return facetsIn(table.rows.flatMap(({ file, line }) => found[file]?.get(line) ?? []));
  });
}

function isRun(given: unknown): given is Run {
  return typeof given === 'object' && given !== null && 'resultsPath' in given && 'source' in given;
}
