import { access } from 'node:fs/promises';
import path from 'node:path';
import { count, counted } from '../batch/wording';
import { EVERYTHING, INPUT_ORDER, orderRows } from '../results/query';
import { requestPlaces } from '../results/request-places';
import type { ResultsTable } from '../results/results-table';
import { holdsRows, writeRows } from '../results/write-rows';
import { lastMergedPath, mergedPathFor } from '../runs/results-path';
import type { Run } from '../runs/run';
import { EXIT, type Exit } from './exit';
import { printResults, type RunFormat } from './formats/runs';
import { freeOutput } from './results';
import { openAttempts, type RetryWork } from './retrying';
import type { AllowFailed } from './run-words';
import type { Terminal } from './terminal';

export interface MergeOptions extends Pick<RetryWork, 'session' | 'models'> {
  readonly output: string | undefined;
  readonly inputOrder: boolean;
  readonly format: RunFormat;
  readonly allowFailed: AllowFailed;
}

/** Writes the results of a run and its retries as one file: the latest success of each request, else its latest failure. */
export async function merge(run: Run, options: MergeOptions, terminal: Terminal): Promise<Exit> {
  const table = await openAttempts(run, options, terminal);
  try {
    const merged = await writeMerged(run, table, options, terminal);
    printResults({ ...run, resultsPath: merged }, options.format, terminal);
    const { rows, paths } = table;
    const results = rows.filter(({ bytes }) => bytes > 0).length;
    const left = rows.filter(({ outcome }) => outcome !== 'answered' && outcome !== 'suspicious').length;
    terminal.say(`${counted(results, 'result')} of ${counted(paths.length, 'attempt')}.`);
    if (left > 0) terminal.say(`Not answered: ${counted(left, 'request')} of ${count(rows.length)}.`);
    return left > options.allowFailed(rows.length) ? EXIT.amiss : EXIT.ok;
  } finally {
    table.close();
  }
}

/** What was written before and is still the same is not written again. Returns where it is. */
async function writeMerged(
  run: Run,
  table: ResultsTable,
  { output, inputOrder }: MergeOptions,
  { signal, cwd }: Terminal,
): Promise<string> {
  const lines = inputOrder ? await requestPlaces(run.source, { signal }) : new Map<string, never>();
  const order = orderRows(table, EVERYTHING, INPUT_ORDER, (customId) => lines.get(customId)?.line);
  const before = output === undefined ? await lastMergedPath(run.source) : path.resolve(cwd, output);
  if (before && (await isThere(before)) && (await holdsRows(before, table, order))) return before;
  const target = (await freeOutput(output, cwd)) ?? (await mergedPathFor(run.source));
  await writeRows(table, order, target, signal);
  return target;
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
