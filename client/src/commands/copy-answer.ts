import * as vscode from 'vscode';
import { answerTextOf } from '../../../results/answer-text';
import { rowMarkdown } from '../../../results/export';
import type { App } from '../app';
import { notice } from '../notice';

/** Copies the text of the answer that is shown, whole and as the model wrote it. */
export async function copyAnswer({ results }: App): Promise<void> {
  await copy(results.shownRow && answerTextOf(results.shownRow.value));
}

/** Copies the row that is shown as a Markdown document: its answer and what is known of it. */
export async function copyAsMarkdown({ results }: App): Promise<void> {
  await copy(results.shownRow && rowMarkdown(results.shownRow.row, results.shownRow.value));
}

async function copy(text: string | undefined): Promise<void> {
  if (text === undefined) return void notice.information('Open results and choose a row first.');
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage('Copied', 3000);
}
