import type * as vscode from 'vscode';
import { findResultsFiles, type KnownRun, type ResultsFile } from '../../runs/results-files';
import { judgementOf } from './judgement';

/**
 * The newest results of a batch file, beside it, in the folder that its settings name, or where the journal's `runs` say;
 * undefined where there are none.
 */
export async function newestResults(file: vscode.Uri, runs: readonly KnownRun[]): Promise<ResultsFile | undefined> {
  const { resultsFolder } = await judgementOf(file);
  return (await findResultsFiles(file.fsPath, resultsFolder, runs))[0];
}
