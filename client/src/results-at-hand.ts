import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../../results/query';
import { type RequestPlace, requestPlaces } from '../../results/request-places';
import { ResultsTable } from '../../results/results-table';
import { attemptsOf } from '../../runs/results-files';
import type { Run } from '../../runs/run';
import { isRunError } from '../../runs/run-error';
import type { App } from './app';
import { judgementOf } from './judgement';
import { newestResults } from './newest-results';

/** The results of a request file, with those of its retries, while a command works with them. */
export interface ResultsAtHand {
  readonly table: ResultsTable;
  readonly places: ReadonlyMap<string, RequestPlace>;
  /** Numbers of all rows in the order of the requests. */
  readonly order: readonly number[];
  /** Whose results they are, where the journal knows. */
  readonly run: Run | undefined;
}

/** Shows how far a step is, from 0 to 1. */
export type Report = (done: number) => void;

/** Reads the newest results of a file, or those at `resultsPath`, with progress; undefined where there are none, or the person canceled. Close its table. */
export async function readResults(
  app: Pick<App, 'models' | 'runs'>,
  source: vscode.Uri,
  resultsPath?: string,
): Promise<ResultsAtHand | undefined> {
  const journal = await app.runs.journal();
  const runs = await journal.list();
  const path = resultsPath ?? (await newestResults(source, runs))?.path;
  if (!path) return undefined;
  const [attempts, { context }] = await Promise.all([attemptsOf(path, runs), judgementOf(source, app.models.table)]);
  const run = runs.find((each) => each.resultsPath === path);
  const submitted = run ? await journal.ids(run.id) : null;
  return withProgress(path, 'Reading results', async (signal, report) => {
    const table = new ResultsTable(attempts);
    try {
      const places = await requestPlaces(source.fsPath, { signal }).catch(ignoreMissing);
      await table.load({ models: context.models, signal, onProgress: report });
      table.addMissing(submitted ?? places.keys());
      const order = orderRows(table, EVERYTHING, INPUT_ORDER, (customId) => places.get(customId)?.line);
      return { table, places, order, run };
    } catch (error) {
      table.close();
      throw error;
    }
  });
}

/** Larger results are worth a notification with a button to stop, in bytes: these take about a second. */
const LARGE_BYTES = 50_000_000;

/** Works through results with progress that can be canceled; undefined where it was. */
export async function withProgress<T>(
  resultsPath: string,
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T | undefined> {
  const { size } = await stat(resultsPath);
  const { Notification, Window } = vscode.ProgressLocation;
  const options = { location: size > LARGE_BYTES ? Notification : Window, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    let told = 0;
    const report: Report = (done) => {
      progress.report({ increment: (done - told) * 100 });
      told = done;
    };
    try {
      return await work(stop.signal, report);
    } catch (error) {
      if (stop.signal.aborted || (isRunError(error) && error.kind === 'canceled')) return undefined;
      throw error;
    }
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): ReadonlyMap<string, RequestPlace> {
  if (error.code === 'ENOENT') return new Map();
  throw error;
}
