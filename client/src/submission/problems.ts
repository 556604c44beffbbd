import path from 'node:path';
import * as vscode from 'vscode';
import type { FileCheck } from '../../../files/file-check';
import { copyLines } from '../../../files/rewrite';
import { validPathFor } from '../../../runs/results-path';
import type { App } from '../app';
import { problemsQuestion, refusedNames, SHOW_PROBLEMS, SUBMIT_ANYWAY, withoutButton } from '../text/submit';

/** Go on with the file as it is, with a copy that holds the rest of it, or not at all. */
export type Next =
  | { readonly kind: 'go-on' | 'stop' }
  | { readonly kind: 'rest'; readonly file: vscode.Uri; readonly leftOut: readonly string[] };

/** Asks what to do where the check found errors. */
export async function askAboutProblems({ log }: Pick<App, 'log'>, file: vscode.Uri, check: FileCheck): Promise<Next> {
  // What is only too much is sent as several batches.
  if (check.counts.error === check.sizeErrors) return { kind: 'go-on' };
  const names = refusedNames(check);
  const { message, detail, buttons } = problemsQuestion(check, names);
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  switch (answer) {
    case SHOW_PROBLEMS:
      await vscode.commands.executeCommand('vscode.open', file);
      await vscode.commands.executeCommand('workbench.actions.view.problems');
      return { kind: 'stop' };
    case SUBMIT_ANYWAY:
      return { kind: 'go-on' };
    case withoutButton(check): {
      log.info(`Left out of ${path.basename(file.fsPath)}: ${names.join(', ')}`);
      return { kind: 'rest', file: await writeRest(file, check), leftOut: names };
    }
    default:
      return { kind: 'stop' };
  }
}

/** Writes the lines without errors to a file of their own beside the source. */
async function writeRest({ fsPath }: vscode.Uri, { refusedLines }: FileCheck): Promise<vscode.Uri> {
  const refused = new Set(refusedLines);
  const target = await validPathFor(fsPath);
  await copyLines(fsPath, target, (line) => !refused.has(line));
  return vscode.Uri.file(target);
}
