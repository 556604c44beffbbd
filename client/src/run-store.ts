import * as vscode from 'vscode';
import type { LearnedOutput } from '../../batch/cost/expected-output';
import type { RunWatch } from '../../runs/index';
import { type Journal, openJournal } from '../../runs/journal';
import { learnedIn } from '../../runs/learned-output';
import { hasOpenRuns } from '../../runs/pending';
import type { Run } from '../../runs/run';
import type { RunError } from '../../runs/run-error';
import { isOpen, isRunning } from '../../runs/run-words';
import type { App } from './app';
import { judgementOf } from './judgement';
import { apiFor, runsBundle } from './runs-bundle';
import { closeLeftSandboxRuns } from './sandbox-runs';
import { stateDir } from './settings';

/** The submitted batches: what the journal knows, kept up to date while something runs. */
export class RunStore {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #ended = new vscode.EventEmitter<Run>();
  /** This window brought a run's results to disk, or found that they are lost. */
  readonly onDidEnd = this.#ended.event;
  #all: readonly Run[] = [];
  #journal: Promise<Journal> | undefined;
  #watch: RunWatch | undefined;

  constructor(private readonly app: Pick<App, 'context' | 'keys' | 'apis' | 'models' | 'sandbox' | 'log'>) {
    const { context, keys, sandbox } = app;
    const again = (): void => this.#again();
    context.subscriptions.push(
      this.#changed,
      this.#ended,
      keys.onDidChange(again),
      sandbox.onDidChange(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      { dispose: () => void this.#watch?.close() },
    );
  }

  /** Newest first, as last read. */
  get all(): readonly Run[] {
    return this.#all;
  }

  /** Why a run cannot be followed at the moment, as a sentence. */
  troubleOf(run: Run): string | undefined {
    return isRunning(run) ? run.reach?.message : undefined;
  }

  /** Reads the journal anew, and asks at once for whatever still runs. */
  async refresh(): Promise<readonly Run[]> {
    this.#again();
    return this.#read();
  }

  /** What the answers of finished runs had; with the sandbox on, what it made up. */
  learned(): Promise<LearnedOutput> {
    return learnedIn(stateDir(), { sandbox: this.app.sandbox.current !== undefined });
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
      apiFor: (run) => apiFor(this.app, run),
      onChange: (run) => this.#hasChanged(run),
      onTrouble: (run, error) => this.#note(run, error),
    });
  }

  async #openJournal(): Promise<Journal> {
    const { context, log } = this.app;
    const journal = await openJournal(stateDir(), (file) => log.error(`Not a run, put aside: ${file}`));
    const watcher = journal.watch(() => this.#logged(this.#read().then(() => this.follow())));
    context.subscriptions.push({ dispose: () => watcher.close() });
    return journal;
  }

  async #read(): Promise<readonly Run[]> {
    this.#all = await (await this.journal()).list();
    this.#changed.fire();
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
  #note(run: Run, { message, requestId }: RunError): void {
    this.app.log.warn(`${run.id}: ${message}${requestId ? ` (request ${requestId})` : ''}`);
  }
}
