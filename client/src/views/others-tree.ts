import * as vscode from 'vscode';
import type { App } from '../app';
import type { OtherBatch } from '../other-batches';
import { destinationPhrase } from '../text/destination';
import { otherRow } from '../text/other-batches';

/** A batch, the row that reads on, or why there is no list. */
export type OtherNode = OtherBatch | 'more' | { readonly trouble: string };

/** The batches of the API workspace that were not submitted from here, read when the list is opened. */
export function createOthersTree({ others }: Pick<App, 'others'>): vscode.TreeDataProvider<OtherNode> {
  return {
    onDidChangeTreeData: others.onDidChange as vscode.Event<undefined>,
    async getChildren(node) {
      if (node) return [];
      const batches = await others.list();
      const isListed = others.destination !== undefined;
      await vscode.commands.executeCommand('setContext', 'messageBatches.othersListed', isListed);
      const { trouble, hasMore } = others;
      return [...batches, ...(hasMore ? ['more' as const] : []), ...(trouble ? [{ trouble }] : [])];
    },
    getTreeItem: (node) => {
      if (node === 'more') return moreItem();
      return 'trouble' in node ? troubleItem(node.trouble) : batchItem(node);
    },
  };
}

/** Says in the view's head where the list is from. */
export function describeOthers(
  { context, others }: Pick<App, 'context' | 'others'>,
  view: vscode.TreeView<unknown>,
): void {
  const update = (): void => {
    view.description = others.destination && destinationPhrase(others.destination);
  };
  context.subscriptions.push(others.onDidChange(update), others.onDidList(update));
}

function batchItem({ batch }: OtherBatch): vscode.TreeItem {
  const row = otherRow(batch, Date.now());
  const item = new vscode.TreeItem(row.label);
  item.id = batch.id;
  item.description = row.description;
  item.tooltip = row.tooltip;
  item.iconPath = new vscode.ThemeIcon(row.icon);
  item.contextValue = ['other', ...row.words].join(' ');
  item.accessibilityInformation = { label: row.spoken };
  return item;
}

function moreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem('Load More');
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'messageBatches.loadMoreBatches', title: 'Load More' };
  return item;
}

function troubleItem(trouble: string): vscode.TreeItem {
  const item = new vscode.TreeItem(trouble);
  item.iconPath = new vscode.ThemeIcon('warning');
  item.tooltip = trouble;
  return item;
}
