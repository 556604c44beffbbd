import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { FromPanel, ToPanel } from '../webview/messages';
import { resultsHtml } from './results-html';

/** The panel beside the request file. It is made when it is shown first and ends when the person closes it. */
export interface ResultsPanel {
  show(title: string): void;
  /** Gives the panel another title, and leaves it behind other tabs where it is. */
  rename(title: string): void;
  post(message: ToPanel): void;
  readonly onMessage: vscode.Event<FromPanel['type']>;
  readonly onDidClose: vscode.Event<void>;
}

/** Keeps the context key `messageBatches.resultsVisible` true. */
export function createResultsPanel({ extensionUri, subscriptions }: vscode.ExtensionContext): ResultsPanel {
  const messages = new vscode.EventEmitter<FromPanel['type']>();
  const closed = new vscode.EventEmitter<void>();
  const setVisible = (visible: boolean): void =>
    void vscode.commands.executeCommand('setContext', 'messageBatches.resultsVisible', visible);
  let panel: vscode.WebviewPanel | undefined;
  subscriptions.push(messages, closed, { dispose: () => panel?.dispose() });

  const create = (title: string): vscode.WebviewPanel => {
    const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const made = vscode.window.createWebviewPanel('messageBatches.results', title, column, {
      enableScripts: true,
      localResourceRoots: roots,
    });
    made.webview.onDidReceiveMessage(({ type }: FromPanel) => messages.fire(type));
    made.webview.html = htmlFor(made.webview, extensionUri);
    made.onDidChangeViewState(() => setVisible(made.visible));
    made.onDidDispose(() => {
      panel = undefined;
      setVisible(false);
      closed.fire();
    });
    setVisible(true);
    return made;
  };

  return {
    show: (title) => {
      panel ??= create(title);
      panel.title = title;
      if (!panel.visible) panel.reveal(undefined, true);
    },
    rename: (title) => {
      if (panel) panel.title = title;
    },
    post: (message) => void panel?.webview.postMessage(message),
    onMessage: messages.event,
    onDidClose: closed.event,
  };
}

function htmlFor(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const address = (...steps: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...steps)).toString();
  return resultsHtml({
    script: address('dist', 'webview.js'),
    style: address('media', 'results.css'),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('hex'),
  });
}
