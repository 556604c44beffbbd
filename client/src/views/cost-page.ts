import * as vscode from 'vscode';
import type { App } from '../app';
import { pageFrame } from './page-frame';
import { pageHtml } from './page-html';

/** What links of such a page may do. */
const LINKED = ['goToRequest', 'showCostBreakdown', 'compareModels', 'exportCostBreakdown', 'calibrateEstimate'].map(
  (name) => `messageBatches.${name}`,
);

/** Pages about the cost of files, in panels beside: one of each title. */
export class CostPages {
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  constructor(private readonly app: Pick<App, 'context'>) {
    app.context.subscriptions.push({ dispose: () => [...this.#panels.values()].map((panel) => panel.dispose()) });
  }

  /** Shows Markdown of our own, whose links are commands, in the place of an earlier page with this title. */
  async show(title: string, markdown: string): Promise<void> {
    const { extensionUri } = this.app.context;
    const panel = this.#panels.get(title) ?? this.#create(title);
    this.#panels.set(title, panel);
    const frame = pageFrame(panel.webview, extensionUri, 'cost.css');
    panel.webview.html = pageHtml('Cost', `<main>${await rendered(markdown)}</main>`, frame);
    panel.reveal(undefined, true);
  }

  #create(title: string): vscode.WebviewPanel {
    // A link in such a page leads to another beside the file, not beside the page.
    const shown = [...this.#panels.values()].find(({ visible }) => visible);
    const column = { viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('messageBatches.cost', title, column, {
      enableCommandUris: LINKED,
      enableFindWidget: true,
      localResourceRoots: [vscode.Uri.joinPath(this.app.context.extensionUri, 'media')],
    });
    panel.onDidDispose(() => this.#panels.delete(title));
    return panel;
  }
}

/** By the editor's own Markdown; where that is switched off, as it is. */
async function rendered(markdown: string): Promise<string> {
  try {
    return await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
  } catch {
    return `<pre>${markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
  }
}
