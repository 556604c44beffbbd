import * as vscode from 'vscode';
import type { App } from '../app';

/** What there is to say at length, as read-only documents in Markdown. */
export interface ReportDocuments {
  /** Shows a report beside, in place of an earlier one with this title about this file. */
  show(title: string, about: vscode.Uri, markdown: string): Promise<void>;
  /** The address of such a document, which is not shown yet. */
  add(title: string, about: vscode.Uri, text: string): vscode.Uri;
}

const SCHEME = 'message-batches-report';

export function createReportDocuments({ context }: Pick<App, 'context'>): ReportDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
  const add: ReportDocuments['add'] = (title, about, text) => {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}.md`, query: about.toString() });
    texts.set(uri.toString(), text);
    changed.fire(uri);
    return uri;
  };
  return { add, show: (title, about, markdown) => preview(add(title, about, markdown)) };
}

/** Rendered, where the editor's Markdown is not switched off; in the place of a page that is in front, else beside the file. */
async function preview(uri: vscode.Uri): Promise<void> {
  const isPage = vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
  try {
    await vscode.commands.executeCommand(isPage ? 'markdown.showPreview' : 'markdown.showPreviewToSide', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
  }
}
