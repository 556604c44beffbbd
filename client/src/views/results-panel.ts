import * as vscode from 'vscode';
import type { FromPanel, PanelState, ToPanel } from '../webview/messages';
import { pageFrame } from './page-frame';
import { resultsHtml } from './results-html';

/** The panel beside the request file. It is made when it is shown first and ends when the person closes it. */
export interface ResultsPanel {
  show(title: string): void;
  /** Takes over a panel that was open before the window was reloaded. */
  adopt(panel: vscode.WebviewPanel): void;
  /** Gives the panel another title, and leaves it behind other tabs where it is. */
  rename(title: string): void;
  post(message: ToPanel): void;
  close(): void;
  /** It has the focus. */
  readonly isActive: boolean;
  readonly onMessage: vscode.Event<FromPanel>;
  readonly onDidClose: vscode.Event<void>;
}

export const PANEL_TYPE = 'messageBatches.results';

/** What a panel kept over a reload, where it is what we wrote. */
export function panelStateOf(state: unknown): Pick<PanelState, 'source' | 'results'> | undefined {
  const { source, results } = (state ?? {}) as Partial<PanelState>;
  return typeof source === 'string' && typeof results === 'string' && results !== '' ? { source, results } : undefined;
}

/** Keeps the context key `messageBatches.resultsVisible` true. */
export function createResultsPanel({ extensionUri, subscriptions }: vscode.ExtensionContext): ResultsPanel {
  const messages = new vscode.EventEmitter<FromPanel>();
  const closed = new vscode.EventEmitter<void>();
  const setVisible = (visible: boolean): void =>
    void vscode.commands.executeCommand('setContext', 'messageBatches.resultsVisible', visible);
  const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
  const options = { enableScripts: true, localResourceRoots: roots };
  let panel: vscode.WebviewPanel | undefined;
  subscriptions.push(messages, closed, { dispose: () => panel?.dispose() });

  const take = (made: vscode.WebviewPanel): vscode.WebviewPanel => {
    panel = made;
    made.webview.onDidReceiveMessage((message: FromPanel) => messages.fire(message));
    made.webview.html = resultsHtml(pageFrame(made.webview, extensionUri, 'results.css', 'webview.js'));
    made.onDidChangeViewState(() => setVisible(made.visible));
    made.onDidDispose(() => {
      if (panel !== made) return;
      panel = undefined;
      setVisible(false);
      closed.fire();
    });
    setVisible(true);
    return made;
  };
  const create = (title: string): vscode.WebviewPanel => {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return take(vscode.window.createWebviewPanel(PANEL_TYPE, title, column, options));
  };

  return {
    show: (title) => {
      const shown = panel ?? create(title);
      shown.title = title;
      if (!shown.visible) shown.reveal(undefined, true);
    },
    adopt: (made) => {
      panel?.dispose();
      made.webview.options = options;
      take(made);
    },
    rename: (title) => {
      if (panel) panel.title = title;
    },
    post: (message) => void panel?.webview.postMessage(message),
    close: () => panel?.dispose(),
    get isActive() {
      return panel?.active ?? false;
    },
    onMessage: messages.event,
    onDidClose: closed.event,
  };
}
