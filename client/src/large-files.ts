import { unwatchFile, watchFile } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { App } from './app';
import { isLargeBatchFile, isTooLarge, largeFilesShown } from './batch-file-shown';
import { hasUnsavedTab } from './open-files';
import type { DiskState } from './text/disk-state';

/** How often a file is looked at, and how long it must have been still to be checked, in ms. */
const LOOK_MS = 1000;
const STILL_MS = 2000;

interface Shown {
  readonly file: vscode.Uri;
  state: DiskState;
  /** Runs while the file is being written. */
  timer?: NodeJS.Timeout;
  /** Ends the check that runs. */
  stop?: vscode.CancellationTokenSource;
}

/** Files that are too large for a document: checked from disk when they are shown, and again when they have changed. */
export class LargeFiles {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** By URI. */
  readonly #shown = new Map<string, Shown>();
  /** A person's word on what a file is, kept while it has a tab. */
  readonly #treatedAs = new Map<string, 'batch' | 'none'>();

  constructor(private readonly app: Pick<App, 'context' | 'server' | 'log'>) {
    const tabs = vscode.window.tabGroups.onDidChangeTabs(() => this.#look());
    const summaries = app.server.onDidChangeSummary((file) => this.#isCheckedOtherwise(file));
    const close = { dispose: () => [...this.#shown.values()].map((shown) => this.#end(shown)) };
    app.context.subscriptions.push(this.#changed, tabs, summaries, close);
    void this.#look();
  }

  /** Where the check of such a file stands; undefined where it is none that is shown. */
  stateOf(file: vscode.Uri): DiskState | undefined {
    const state = this.#shown.get(file.toString())?.state;
    return state?.kind === 'checked' && hasUnsavedTab(file) ? { kind: 'unsaved' } : state;
  }

  /** Ends the check that runs; false where none does. */
  stop(file: vscode.Uri): boolean {
    const shown = this.#shown.get(file.toString());
    if (shown?.state.kind !== 'checking') return false;
    this.#end(shown);
    this.#is(shown, { kind: 'stopped' });
    // What was found before is of another time.
    void this.app.server.forget(file);
    return true;
  }

  /** A person's word on what a file is. */
  async treatAs(file: vscode.Uri, kind: 'batch' | 'none'): Promise<void> {
    if (!(await isTooLarge(file))) return;
    this.#treatedAs.set(file.toString(), kind);
    this.#close(file.toString());
    await this.#look();
  }

  async #look(): Promise<void> {
    const open = openTabs();
    for (const name of this.#shown.keys()) if (!open.has(name)) this.#close(name);
    for (const name of this.#treatedAs.keys()) if (!open.has(name)) this.#treatedAs.delete(name);
    for (const file of largeFilesShown()) {
      if (!this.#shown.has(file.toString()) && (await this.#isOurs(file))) await this.#open(file);
    }
    this.#changed.fire();
  }

  async #isOurs(file: vscode.Uri): Promise<boolean> {
    const said = this.#treatedAs.get(file.toString());
    return said === undefined ? isLargeBatchFile(file) : said === 'batch' && isTooLarge(file);
  }

  async #open(file: vscode.Uri): Promise<void> {
    const isNew = await isJustWritten(file);
    if (this.#shown.has(file.toString())) return;
    const shown: Shown = { file, state: { kind: 'written' } };
    this.#shown.set(file.toString(), shown);
    watchFile(file.fsPath, { interval: LOOK_MS, persistent: false }, () => this.#isWritten(shown));
    if (isNew) this.#isWritten(shown);
    else void this.#check(shown);
  }

  #close(name: string): void {
    const shown = this.#shown.get(name);
    if (!shown) return;
    this.#end(shown);
    unwatchFile(shown.file.fsPath);
    this.#shown.delete(name);
    void this.app.server.forget(shown.file);
  }

  #isWritten(shown: Shown): void {
    this.#end(shown);
    shown.timer = setTimeout(() => void this.#check(shown), STILL_MS);
    this.#is(shown, { kind: 'written' });
  }

  /** Ends what is under way. */
  #end({ timer, stop }: Shown): void {
    clearTimeout(timer);
    stop?.cancel();
  }

  async #check(shown: Shown): Promise<void> {
    const { file } = shown;
    const stop = new vscode.CancellationTokenSource();
    shown.stop = stop;
    const tell = (state: DiskState): void => {
      if (shown.stop === stop && !stop.token.isCancellationRequested) this.#is(shown, state);
    };
    tell({ kind: 'checking', percent: 0 });
    const asBatch = this.#treatedAs.get(file.toString()) === 'batch';
    const onProgress = (percent: number): void => tell({ kind: 'checking', percent: Math.floor(percent) });
    try {
      await this.app.server.check(file, { asBatch, progress: { token: stop.token, onProgress } });
      tell({ kind: 'checked' });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.app.log.warn(why);
      tell({ kind: 'failed', why });
      // Before it was watched, for one.
      if (shown.stop === stop && (await isJustWritten(file))) this.#isWritten(shown);
    }
    stop.dispose();
    if (!this.#shown.has(file.toString())) await this.app.server.forget(file);
  }

  /** By a command, for one. */
  #isCheckedOtherwise(file: vscode.Uri): void {
    const shown = this.#shown.get(file.toString());
    const isUnchecked = shown?.state.kind === 'stopped' || shown?.state.kind === 'failed';
    if (shown && isUnchecked && this.app.server.summaryOf(file)) this.#is(shown, { kind: 'checked' });
  }

  #is(shown: Shown, state: DiskState): void {
    const { state: before } = shown;
    shown.state = state;
    const isSame = before.kind === 'checking' && state.kind === 'checking' && before.percent === state.percent;
    if (!isSame) this.#changed.fire();
  }
}

/** Whether somebody may be writing to it. */
function isJustWritten({ fsPath }: vscode.Uri): Promise<boolean> {
  return stat(fsPath).then(
    ({ mtimeMs }) => Math.abs(Date.now() - mtimeMs) < STILL_MS,
    () => false,
  );
}

/** URIs of the files that have a tab. */
function openTabs(): Set<string> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return new Set(tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
}
