import path from 'node:path';
import * as vscode from 'vscode';
import type { FileSummary } from '../../../server/src/protocol';
import type { App } from '../app';
import { costMarkdown } from '../text/file-status';

/** The cost of a file as a read-only document. */
export interface CostDocuments {
  show(file: vscode.Uri, summary: FileSummary): Promise<void>;
}

const SCHEME = 'message-batches-cost';

export function createCostDocuments({ context }: Pick<App, 'context'>): CostDocuments {
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
  return {
    show: async (file, summary) => {
      const name = path.basename(file.fsPath);
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/Cost of ${name}.md`, query: file.toString() });
      texts.set(uri.toString(), costMarkdown(name, summary));
      changed.fire(uri);
      await preview(uri);
    },
  };
}

/** Rendered, where the editor's Markdown is not switched off. */
async function preview(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
  }
}
