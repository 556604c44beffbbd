import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../../batch/wording';
import { answerIn, type Change, type Comparison, compareAnswers } from '../../../results/compare';
import { compareRequests } from '../../../results/compare-requests';
import { expectedValues } from '../../../results/expected-values';
import { summaryOf } from '../../../results/summary';
import { matchIds } from '../../../results/thread/on-thread';
import { visible } from '../../../results/visible';
import { findSourceOf } from '../../../runs/results-files';
import type { App } from '../app';
import { askText, pickOne } from '../ask';
import { newestResults } from '../newest-results';
import { notice } from '../notice';
import { type ResultsAtHand, readResults, withProgress } from '../results-at-hand';
import { resultsThread } from '../results-thread';
import { targetFile } from '../target';
import { noResultsYet } from '../text/answer';
import { comparisonMarkdown } from '../text/comparison';
import { resultsShown } from './create-retry-file';

interface Side {
  readonly path: string;
  readonly source: vscode.Uri;
  readonly results: ResultsAtHand;
}

/** Holds the results of a file against those of another run: a page says what changed, and each change opens as a diff. */
export async function compareRuns(app: App, given?: unknown): Promise<void> {
  const source = targetFile(app, given);
  if (!source) return;
  const after = resultsShown(app, source) ?? (await newestResults(source, app.runs.all))?.path;
  if (!after) return void notice.information(noResultsYet(path.basename(source.fsPath)));
  const before = await chooseOther(after);
  const pattern = before && (await askPattern());
  const expected = pattern === undefined ? undefined : await askExpected();
  if (!before || pattern === undefined || expected === undefined) return;
  const sides = await readBoth(app, before, { path: after, source });
  if (!sides) return;
  try {
    await compare(app, sides, pattern, expected);
  } finally {
    for (const { results } of sides) results.table.close();
  }
}

async function compare(
  { context, reports }: App,
  [before, after]: readonly [Side, Side],
  pattern: string,
  expected: ReadonlyMap<string, string> | null,
): Promise<void> {
  const tables = [before.results.table, after.results.table] as const;
  const places = [before, after].map(({ results }) => results.places);
  const customIds = [...new Set([...places.flatMap((each) => [...each.keys()]), ...tables.flatMap(idsOf)])];
  const found = await withProgress(after.path, 'Comparing runs', async (signal, onProgress) => {
    const thread = { script: resultsThread(context), signal };
    const matched = pattern === '' ? undefined : await matchIds({ customIds, pattern }, thread);
    const idOf = (customId: string): string => matched?.get(customId) ?? customId;
    const halfOf = (half: 0 | 1) => (done: number) => onProgress((half + done) / 2);
    const options = { idOf, signal, onProgress: halfOf(0), ...(expected && { expected }) };
    const comparison = await compareAnswers(...tables, options);
    const [a, b] = [before, after].map(({ source: { fsPath }, results }) => ({ path: fsPath, places: results.places }));
    const isKnown = before.results.places.size > 0 && after.results.places.size > 0;
    const differences = a && b && isKnown ? await compareRequests(a, b, { idOf, signal, onProgress: halfOf(1) }) : [];
    return { comparison, differences };
  });
  if (!found) return;
  const names = [path.basename(before.path), path.basename(after.path)] as const;
  const sums = [summaryOf(tables[0].rows), summaryOf(tables[1].rows)] as const;
  await reports.show(
    'Two runs compared',
    after.source,
    comparisonMarkdown(names, found.comparison, found.differences, sums),
  );
  await showChanges(reports, found.comparison, [before, after]);
}

/** One change after the other, in the editor's own diff, until the person has seen enough. */
async function showChanges(
  reports: App['reports'],
  { changed }: Comparison,
  [before, after]: readonly [Side, Side],
): Promise<void> {
  const items = changed.map((change) => ({ label: visible(change.id), change }));
  const options = { title: `${counted(changed.length, 'answer')} changed`, placeHolder: 'Which change is shown?' };
  while (items.length > 0) {
    const chosen = await pickOne(items, options);
    if (!chosen) return;
    const textOf = ({ results }: Side, index: number): string => answerIn(results.table, index);
    const { id, before: from, after: to }: Change = chosen.change;
    const name = encodeURIComponent(id.toWellFormed());
    const left = reports.add(`before/${name}`, before.source, textOf(before, from));
    const right = reports.add(`after/${name}`, after.source, textOf(after, to));
    await vscode.commands.executeCommand('vscode.diff', left, right, `${visible(id)}: before ↔ after`, {
      preview: true,
    });
  }
}

async function chooseOther(after: string): Promise<string | undefined> {
  const files = await vscode.workspace.findFiles('**/*.results.jsonl', '**/node_modules/**', 500);
  const items = files
    .filter(({ fsPath }) => fsPath !== after)
    .map((uri) => ({ label: path.basename(uri.fsPath), description: vscode.workspace.asRelativePath(uri), uri }));
  if (items.length === 0) {
    void notice.information('There are no other results in this workspace to compare with.');
    return undefined;
  }
  const options = { title: `Compare ${path.basename(after)}`, placeHolder: 'With the results of which run?' };
  return (await pickOne(items, options))?.uri.fsPath;
}

/** Empty leaves ids as they are; undefined is no answer. */
function askPattern(): Thenable<string | undefined> {
  return askText({
    title: 'Match Requests',
    prompt: 'A regular expression for what is taken out of the ids before they are matched; empty for nothing.',
    placeHolder: '^\\d{8}-',
    validateInput: (text) => {
      try {
        new RegExp(text);
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
  });
}

/** Null for none; undefined is no answer. */
async function askExpected(): Promise<ReadonlyMap<string, string> | null | undefined> {
  const none = { label: 'Compare the answers with each other' };
  const some = { label: 'Compare them with expected values too…' };
  const chosen = await pickOne([none, some], { title: 'Expected Values' });
  if (chosen !== some) return chosen === none ? null : undefined;
  const [file] =
    (await vscode.window.showOpenDialog({ title: 'CSV of custom_id and expected', filters: { CSV: ['csv'] } })) ?? [];
  return file && expectedValues(await readFile(file.fsPath, 'utf8'));
}

async function readBoth(
  app: App,
  before: string,
  after: Omit<Side, 'results'>,
): Promise<readonly [Side, Side] | undefined> {
  const source = vscode.Uri.file((await findSourceOf(before, app.runs.all)) ?? before);
  const first = await readResults(app, source, before);
  const second = first && (await readResults(app, after.source, after.path));
  if (!first || !second) {
    first?.table.close();
    return undefined;
  }
  return [
    { path: before, source, results: first },
    { ...after, results: second },
  ];
}

const idsOf = ({ rows }: ResultsAtHand['table']): string[] => rows.flatMap(({ customId }) => customId ?? []);
