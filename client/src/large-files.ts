import { unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from './app';
import { isLargeBatchFile, largeFilesShown } from './batch-file-shown';

/** Files that are too large for a document: checked from disk when they are shown, and again when they have changed. */
export interface LargeFiles {
  /** What is to be said of such a file beside its figures; undefined when nothing is. */
  noteOn(file: vscode.Uri): string | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** How often a file is looked at, and how long it must have been still to be checked again, in ms. */
const LOOK_MS = 1000;
const STILL_MS = 2000;

export function watchLargeFiles({ context, server, log }: Pick<App, 'context' | 'server' | 'log'>): LargeFiles {
  const changed = new vscode.EventEmitter<void>();
  const shown = new Set<string>();
  const written = new Map<string, NodeJS.Timeout>();

  const check = async (file: vscode.Uri): Promise<void> => {
    const title = `Checking ${path.basename(file.fsPath)}`;
    await server.check(file, title, vscode.ProgressLocation.Window).catch((error) => log.warn(String(error)));
    if (!shown.has(file.toString())) await server.forget(file);
  };
  const hasChanged = (file: vscode.Uri): void => {
    clearTimeout(written.get(file.toString()));
    const settled = (): void => {
      written.delete(file.toString());
      changed.fire();
      void check(file);
    };
    written.set(file.toString(), setTimeout(settled, STILL_MS));
    changed.fire();
  };
  const open = (file: vscode.Uri): void => {
    shown.add(file.toString());
    watchFile(file.fsPath, { interval: LOOK_MS, persistent: false }, () => hasChanged(file));
    void check(file);
  };
  const close = (name: string): void => {
    const file = vscode.Uri.parse(name);
    unwatchFile(file.fsPath);
    clearTimeout(written.get(name));
    written.delete(name);
    shown.delete(name);
    void server.forget(file);
  };
  const look = async (): Promise<void> => {
    const tabs = openTabs();
    for (const name of shown) if (!tabs.some(({ uri }) => uri.toString() === name)) close(name);
    for (const file of largeFilesShown()) {
      if (!shown.has(file.toString()) && (await isLargeBatchFile(file))) open(file);
    }
    changed.fire();
  };

  const stop = (): void => {
    for (const name of shown) unwatchFile(vscode.Uri.parse(name).fsPath);
  };
  context.subscriptions.push(changed, vscode.window.tabGroups.onDidChangeTabs(look), { dispose: stop });
  void look();
  return {
    onDidChange: changed.event,
    noteOn: (file) => {
      if (!shown.has(file.toString())) return undefined;
      if (written.has(file.toString())) return 'being written';
      const isUnsaved = openTabs().some(({ uri, isDirty }) => isDirty && uri.toString() === file.toString());
      return isUnsaved ? 'unsaved changes are not checked' : undefined;
    },
  };
}

function openTabs(): { readonly uri: vscode.Uri; readonly isDirty: boolean }[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap(({ input, isDirty }) =>
    input instanceof vscode.TabInputText ? [{ uri: input.uri, isDirty }] : [],
  );
}
