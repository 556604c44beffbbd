import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { count, counted } from '../../../batch/wording';
import { type Export, exportCsv, exportJsonl, type RequestOf } from '../../../results/export';
import { stemOf } from '../../../runs/results-path';
import type { App } from '../app';
import { askText, pickOne } from '../ask';
import { notice } from '../notice';
import { type ResultsAtHand, readResults, withProgress } from '../results-at-hand';
import { targetFile } from '../target';
import { noResultsYet } from '../text/answer';
import { resultsShown } from './create-retry-file';

type Format = 'csv' | 'csv-mark' | 'jsonl';

/** Writes results as CSV or JSON Lines to a file of the person's choice: all rows, or those that the table shows. */
export async function exportResults(app: App, given?: unknown): Promise<void> {
  const source = targetFile(app, given);
  if (!source) return;
  const name = path.basename(source.fsPath);
  const format = await chooseFormat(name);
  const fields = format === 'jsonl' ? await askFields() : [];
  if (!format || !fields) return;
  const results = await readResults(app, source, resultsShown(app, source));
  if (!results) return void notice.information(noResultsYet(name));
  try {
    const order = await chooseRows(app, source, results);
    const target = order && (await chooseTarget(source, format));
    if (!order || !target) return;
    const done = await withProgress(
      results.table.paths[0] ?? '',
      `Writing ${path.basename(target)}`,
      async (signal, onProgress) => {
        const task = { table: results.table, order, target, signal, onProgress };
        if (format === 'jsonl') await exportJoined(task, fields, source, results);
        else await exportCsv(task, { mark: format === 'csv-mark' });
        return true;
      },
    );
    if (done) void notice.information(`${path.basename(target)} holds ${counted(order.length, 'row')}.`);
  } finally {
    results.table.close();
  }
}

async function chooseFormat(name: string): Promise<Format | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: Format })[] = [
    { format: 'csv', label: 'CSV', detail: 'RFC 4180 in UTF-8; what could be a formula is neutralised.' },
    {
      format: 'csv-mark',
      label: 'CSV for Excel',
      detail: 'The same with a byte order mark, by which Excel knows UTF-8.',
    },
    { format: 'jsonl', label: 'JSON Lines', detail: 'In the order of the requests, joined with fields of theirs.' },
  ];
  return (await pickOne(items, { title: `Export Results of ${name}` }))?.format;
}

/** Undefined where the person gave no answer. */
async function askFields(): Promise<readonly string[] | undefined> {
  const text = await askText({
    title: 'Fields of the Requests',
    prompt: 'Paths with commas between them, each joined to its row; leave it empty for none.',
    placeHolder: 'params/model, params/messages/0/content',
  });
  return text
    ?.split(',')
    .map((field) => field.trim())
    .filter(Boolean);
}

/** Of rows that are filtered in the panel the person says whether they are meant. */
async function chooseRows(
  { results }: App,
  source: vscode.Uri,
  { table, order }: ResultsAtHand,
): Promise<readonly number[] | undefined> {
  const shown = results.opened;
  const isFiltered = results.source?.toString() === source.toString() && shown && shown.count < shown.table.rows.length;
  if (!isFiltered) return order;
  const some = { label: `The ${count(shown.count)} rows that are shown` };
  const chosen = await pickOne([some, { label: `All ${count(order.length)} rows` }], { title: 'Export Results' });
  if (chosen === undefined) return undefined;
  return chosen === some ? shown.numbers.filter((index) => index < table.rows.length) : order;
}

async function chooseTarget(source: vscode.Uri, format: Format): Promise<string | undefined> {
  const extension = format === 'jsonl' ? 'jsonl' : 'csv';
  const folder = vscode.Uri.joinPath(source, '..');
  const defaultUri = vscode.Uri.joinPath(folder, `${stemOf(source.fsPath)}.answers.${extension}`);
  const uri = await vscode.window.showSaveDialog({
    title: 'Export Results',
    defaultUri,
    filters: { [extension]: [extension] },
  });
  return uri?.fsPath;
}

async function exportJoined(
  task: Export,
  fields: readonly string[],
  { fsPath }: vscode.Uri,
  { places }: ResultsAtHand,
): Promise<void> {
  if (fields.length === 0) return exportJsonl(task, [], () => undefined);
  const file = openSync(fsPath, 'r');
  const requestOf: RequestOf = (customId) => {
    const place = places.get(customId);
    if (!place) return undefined;
    const line = Buffer.allocUnsafe(place.bytes);
    return readSync(file, line, 0, place.bytes, place.start) === place.bytes ? line : undefined;
  };
  try {
    await exportJsonl(task, fields, requestOf);
  } finally {
    closeSync(file);
  }
}
