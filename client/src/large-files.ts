import { unwatchFile, watchFile } from 'node:fs';
import * as vscode from 'vscode';
import type { App } from './app';
import { isLargeBatchFile, largeFilesShown } from './batch-file-shown';
import { hasUnsavedTab } from './open-files';

/** How often a file is looked at, and how long it must have been still to be checked again, in ms. */
const LOOK_MS = 1000;
const STILL_MS = 2000;

/** Files that are too large for a document: checked from disk when they are shown, and again when they have changed. */
export class LargeFiles {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** By URI; the timer runs while the file is being written. */
  readonly #shown = new Map<string, NodeJS.Timeout | undefined>();

  constructor(private readonly app: Pick<App, 'context' | 'server' | 'log'>) {
    const tabs = vscode.window.tabGroups.onDidChangeTabs(() => this.#look());
    app.context.subscriptions.push(this.#changed, tabs, { dispose: () => [...this.#shown.keys()].map(unwatch) });
    void this.#look();
  }

  /** What is to be said of such a file beside its figures; undefined when nothing is. */
  noteOn(file: vscode.Uri): string | undefined {
    const name = file.toString();
    if (!this.#shown.has(name)) return undefined;
    if (this.#shown.get(name)) return 'being written';
    return hasUnsavedTab(file) ? 'unsaved changes are not checked' : undefined;
  }

  async #look(): Promise<void> {
    const open = openTabs();
    for (const name of [...this.#shown.keys()].filter((shown) => !open.has(shown))) this.#close(name);
    for (const file of largeFilesShown()) {
      if (!this.#shown.has(file.toString()) && (await isLargeBatchFile(file))) this.#open(file);
    }
    this.#changed.fire();
  }

  #open(file: vscode.Uri): void {
    if (this.#shown.has(file.toString())) return;
    this.#shown.set(file.toString(), undefined);
    watchFile(file.fsPath, { interval: LOOK_MS, persistent: false }, () => this.#isWritten(file));
    void this.#check(file);
  }

  #close(name: string): void {
    unwatch(name);
    clearTimeout(this.#shown.get(name));
    this.#shown.delete(name);
    void this.app.server.forget(vscode.Uri.parse(name));
  }

  #isWritten(file: vscode.Uri): void {
    const name = file.toString();
    clearTimeout(this.#shown.get(name));
    const isStill = (): void => {
      this.#shown.set(name, undefined);
      this.#changed.fire();
      void this.#check(file);
    };
    this.#shown.set(name, setTimeout(isStill, STILL_MS));
    this.#changed.fire();
  }

  async #check(file: vscode.Uri): Promise<void> {
    const { server, log } = this.app;
    await server.check(file, { quietly: true }).catch((error) => log.warn(String(error)));
    if (!this.#shown.has(file.toString())) await server.forget(file);
  }
}

function unwatch(name: string): void {
  unwatchFile(vscode.Uri.parse(name).fsPath);
}

/** URIs of the files that have a tab. */
function openTabs(): Set<string> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return new Set(tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
}
