import * as vscode from 'vscode';
import type { Run } from '../../../runs/run';
import type { App } from '../app';
import { canContinueInTerminal } from '../text/continue-in-terminal';
import { isDeletable, isForgettable } from '../text/removal';
import { runRow } from '../text/run-status';

/** The batches that were submitted from this machine, newest first. */
export function createRunsTree({ runs }: Pick<App, 'runs'>): vscode.TreeDataProvider<Run> {
  return {
    onDidChangeTreeData: runs.onDidChange as vscode.Event<undefined>,
    getChildren: async (run) => (run ? [] : [...(await runs.listed())]),
    getTreeItem: (run) => runItem(run, runs.troubleOf(run)),
  };
}
/** One batch in the list. Its `contextValue` holds the words that the manifest's menus look for. */
export function runItem(run: Run, trouble: string | undefined): vscode.TreeItem {
  const row = runRow(run, Date.now(), trouble);
  const item = new vscode.TreeItem(row.label);
  const hasResults = run.state === 'fetched';
  item.id = run.id;
  item.description = row.description;
  item.tooltip = new vscode.MarkdownString(row.tooltip);
  item.iconPath = new vscode.ThemeIcon(row.icon, row.color ? new vscode.ThemeColor(row.color) : undefined);
  const may = {
    'has-batch': run.batch !== null,
    'to-fetch': run.state === 'ended',
    unwatched: canContinueInTerminal(run),
    deletable: isDeletable(run),
    forgettable: isForgettable(run),
  };
  const words = Object.entries(may).filter(([, holds]) => holds);
  item.contextValue = ['run', run.state, ...words.map(([word]) => word)].join(' ');
  item.accessibilityInformation = { label: row.spoken };
  item.command = {
    command: hasResults ? 'messageBatches.openResults' : 'messageBatches.revealSource',
    title: hasResults ? 'Open Results' : 'Open Request File',
    arguments: [run],
  };
  return item;
}
