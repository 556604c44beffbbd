import * as vscode from 'vscode';
import type { FileSummary } from '../../server/src/protocol';
import type { LanguageServer } from './language-client';

/** The file in front, of whatever size: told by its tab, because an editor exists only for documents up to 50 MiB. */
export interface ActiveFile {
  readonly uri: vscode.Uri | undefined;
  /** Undefined where it is no batch file. */
  readonly summary: FileSummary | undefined;
  /** Another file is in front, or something else is said of it. */
  readonly onDidChange: vscode.Event<void>;
}

/** Keeps the context key `messageBatches.activeFile` true, which commands and menus go by. */
export function watchActiveFile(server: LanguageServer, subscriptions: vscode.Disposable[]): ActiveFile {
  const changed = new vscode.EventEmitter<void>();
  const uri = (): vscode.Uri | undefined => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputText ? input.uri : undefined;
  };
  const summary = (): FileSummary | undefined => {
    const active = uri();
    return active && server.summaryOf(active);
  };
  const update = (): void => {
    void vscode.commands.executeCommand('setContext', 'messageBatches.activeFile', summary()?.kind ?? 'none');
    changed.fire();
  };
  subscriptions.push(
    changed,
    vscode.window.tabGroups.onDidChangeTabs(update),
    vscode.window.tabGroups.onDidChangeTabGroups(update),
    server.onDidChangeSummary((about) => about.toString() === uri()?.toString() && update()),
  );
  return {
    get uri() {
      return uri();
    },
    get summary() {
      return summary();
    },
    onDidChange: changed.event,
  };
}
