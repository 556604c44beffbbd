import * as vscode from 'vscode';
import type { Learned } from '../../batch/cost/learned';
import type { BatchesApi, RunWatch } from '../../runs/index';
import { type Journal, openJournal } from '../../runs/journal';
import { learnedIn } from '../../runs/learned';
import { hasJournal, hasOpenRuns } from '../../runs/pending';
import type { Run } from '../../runs/run';
import { canceled, type RunError } from '../../runs/run-error';
import { isOpen } from '../../runs/run-words';
import type { App } from './app';
import { judgementOf } from './judgement';
import { apiFor, runsBundle } from './runs-bundle';
import { closeLeftSandboxRuns } from './sandbox-runs';
import { fetchesResults, stateDir } from './settings';
import { runTrouble } from './text/run-status';
import { isWindowThere } from './window-presence';

const FETCHES = 'messageBatches.fetchResults';

/** The submitted batches: what the journal knows, kept up to date while something runs. */
export class RunStore {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #ended = new vscode.EventEmitter<Run>();
  /** This window brought a run's results to disk, or found that they are lost. */
  readonly onDidEnd = this.#ended.event;
  readonly #refused = new vscode.EventEmitter<RunError>();
  /** The API refused a key (401, 403): what goes by it is paused. */
  readonly onDidRefuse = this.#refused.event;
  readonly #finished = new vscode.EventEmitter<void>();
  /** There are other finished runs than before, in whatever program they were finished. */
  readonly onDidFinish = this.#finished.event;
  #all: readonly Run[] = [];
  #isRead = false;
  #journal: Promise<Journal> | undefined;
  #watch: RunWatch | undefined;

  constructor(private readonly app: Pick<App, 'context' | 'keys' | 'apis' | 'models' | 'sandbox' | 'log'>) {
    const { context, keys, sandbox } = app;
    const again = (): void => this.#again();
    context.subscriptions.push(
      this.#changed,
      this.#ended,
      this.#refused,
      this.#finished,
      keys.onDidChange(again),
      sandbox.onDidChange(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(FETCHES) && again()),
      { dispose: () => void this.#watch?.close() },
    );
  }

  /** Newest first, as last read. */
  get all(): readonly Run[] {
    return this.#all;
  }

  /** The same, read first where they never were. */
  async listed(): Promise<readonly Run[]> {
    return this.#isRead ? this.#all : this.refresh();
  }

  /** Why a run does not go on from here at the moment, as a sentence. */
  troubleOf(run: Run): string | undefined {
    return runTrouble(run, { isTrusted: vscode.workspace.isTrusted, fetches: fetchesResults() });
  }

  /** Reads the journal anew, and asks at once for whatever still runs. */
  async refresh(): Promise<readonly Run[]> {
    this.#again();
    return this.#read();
  }

  /** What the answers of finished runs had; with the sandbox on, what it made up. */
  learned(): Promise<Learned> {
    return learnedIn(stateDir(), { sandbox: this.app.sandbox.current !== undefined });
  }

  /** Hears of what other programs do with the journal, where there is one. */
  async listen(): Promise<void> {
    if (await hasJournal(stateDir())) await this.#read();
  }

  journal(): Promise<Journal> {
    this.#journal ??= this.#openJournal();
    return this.#journal;
  }

  /** Follows the open runs, where there are any and the workspace is trusted. */
  async follow(): Promise<void> {
    if (!vscode.workspace.isTrusted || !(await hasOpenRuns(stateDir()))) return;
    const journal = await this.journal();
    await closeLeftSandboxRuns(journal);
    if (this.#watch || !(await hasOpenRuns(stateDir()))) return;
    this.#watch ??= runsBundle().watchRuns({
      journal,
      modelsFor: async ({ source }) =>
        (await judgementOf(vscode.Uri.file(source), this.app.models.table)).context.models,
      apiFor: (run) => this.#apiFor(run),
      fetches: () => fetchesResults(),
      onChange: (run) => this.#hasChanged(run),
      onTrouble: (run, error) => this.#note(run, error),
    });
  }

  /** Without a window nobody is told anything and no key is to be had: another window takes over. */
  async #apiFor(run: Run): Promise<BatchesApi | null> {
    if (!(await isWindowThere(() => this.#again()))) throw canceled();
    return apiFor(this.app, run);
  }

  async #openJournal(): Promise<Journal> {
    const { context, log } = this.app;
    const journal = await openJournal(stateDir(), (file) => log.error(`Not a run, put aside: ${file}`));
    const watcher = journal.watch(() => this.#logged(this.#read().then(() => this.follow())));
    context.subscriptions.push({ dispose: () => watcher.close() });
    return journal;
  }

  async #read(): Promise<readonly Run[]> {
    const before = this.#all;
    this.#all = await (await this.journal()).list();
    this.#isRead = true;
    this.#changed.fire();
    if (finishedIds(this.#all) !== finishedIds(before)) this.#finished.fire();
    return this.#all;
  }

  #again(): void {
    this.#watch?.refresh();
    this.#logged(this.follow());
    this.#changed.fire();
  }

  /** Nobody waits for it: what goes wrong is in the log. */
  #logged(work: Promise<unknown>): void {
    work.catch((error) => this.app.log.error(error));
  }

  #hasChanged(run: Run): void {
    if (!isOpen(run)) this.#ended.fire(run);
    this.#logged(this.#read());
  }

  /** In the log only: a failed poll says nothing about the batch, and the journal has it as the run's `reach`. */
  #note(run: Run, error: RunError): void {
    const { message, requestId, status } = error;
    this.app.log.warn(`${run.id}: ${message}${requestId ? ` (request ${requestId})` : ''}`);
    if (status === 401 || status === 403) this.#refused.fire(error);
  }
}

function finishedIds(runs: readonly Run[]): string {
  return runs.flatMap(({ id, outcome, resultsPath }) => (outcome ? `${id} ${resultsPath}` : [])).join('\n');
}
