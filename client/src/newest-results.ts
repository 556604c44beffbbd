import type * as vscode from 'vscode';
import { findResultsFiles, type ResultsFile } from '../../runs/results-files';
import { judgementOf } from './judgement';

/** The newest results of a batch file, beside it or in the folder that its settings name; undefined where there are none. */
export async function newestResults(file: vscode.Uri): Promise<ResultsFile | undefined> {
  const { resultsFolder } = await judgementOf(file);
  return (await findResultsFiles(file.fsPath, resultsFolder))[0];
}
