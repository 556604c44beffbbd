import * as vscode from 'vscode';
import { bundledModels } from '../../batch/cost/models';
import type * as Runs from '../../runs/index';
import { type Journal, openJournal } from '../../runs/journal';
import { hasOpenRuns } from '../../runs/pending';
import type { Run } from '../../runs/run';
import type { App } from './app';
import { authForRun } from './destination';
import { closeLeftSandboxRuns } from './sandbox-runs';
import { stateDir } from './settings';
import { isOpen, isRunning } from './text/run-words';

/** The submitted batches: what the journal knows, kept up to date while something runs. */
export interface RunStore {
  /** Newest first, as last read. */
  readonly all: readonly Run[];
  readonly onDidChange: vscode.Event<void>;
  /** A run's results came to disk in this window, or were found to be lost. */
  readonly onDidEnd: vscode.Event<Run>;
  /** Reads the journal anew, and looks again at runs that could not be reached. */
  refresh(): Promise<readonly Run[]>;
  /** Follows the open runs, where there are any and the workspace is trusted. */
  follow(): Promise<void>;
  /** Why a run cannot be followed at the moment, as a sentence. */
  troubleOf(run: Run): string | undefined;
  journal(): Promise<Journal>;
  /** The API of a run with the key that it was sent with; null where this window has none. */
  apiFor(run: Run): Promise<Runs.BatchesApi | null>;
  /** The bundle that carries the SDK, loaded with the first call that needs it. */
  api(): typeof Runs;
}

export function createRunStore(app: Pick<App, 'context' | 'keys' | 'sandbox' | 'log'>): RunStore {
  const { context, keys, sandbox, log } = app;
  const changed = new vscode.EventEmitter<void>();
  const ended = new vscode.EventEmitter<Run>();
  const troubles = new Map<string, string>();
  let all: readonly Run[] = [];
  let opened: Promise<Journal> | undefined;
  let watch: Runs.RunWatch | undefined;

  const api = (): typeof Runs => require('./runs.js') as typeof Runs;
  const read = async (): Promise<readonly Run[]> => {
    all = await (await journal()).list();
    changed.fire();
    return all;
  };
  const journal = (): Promise<Journal> => {
    opened ??= openJournal(stateDir(), (path) => log.error(`Not a run, put aside: ${path}`)).then((open) => {
      context.subscriptions.push({ dispose: open.watch(() => void read().then(follow)).close });
      return open;
    });
    return opened;
  };
  const apiFor = async (run: Run): Promise<Runs.BatchesApi | null> => {
    const auth = await authForRun({ keys, sandbox }, run);
    const { baseUrl, apiVersion, betas } = run;
    return auth ? api().createBatchesApi({ baseUrl, apiVersion, betas, auth }) : null;
  };
  const follow = async (): Promise<void> => {
    if (!vscode.workspace.isTrusted || !(await hasOpenRuns(stateDir()))) return;
    const open = await journal();
    await closeLeftSandboxRuns(open);
    if (watch || !(await hasOpenRuns(stateDir()))) return;
    watch ??= api().watchRuns({
      journal: open,
      apiFor,
      models: bundledModels,
      onChange: (run) => {
        troubles.delete(run.id);
        if (!isOpen(run)) ended.fire(run);
        void read();
      },
      onTrouble: (run, { message, requestId }) => {
        log.warn(`${run.id}: ${message}${requestId ? ` (request ${requestId})` : ''}`);
        troubles.set(run.id, message);
        changed.fire();
      },
    });
  };
  const again = (): void => {
    watch?.refresh();
    void follow();
    changed.fire();
  };

  context.subscriptions.push(changed, ended, { dispose: () => void watch?.close() });
  context.subscriptions.push(keys.onDidChange(again), sandbox.onDidChange(again));
  context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(again));
  return {
    get all() {
      return all;
    },
    onDidChange: changed.event,
    onDidEnd: ended.event,
    refresh: async () => {
      troubles.clear();
      again();
      return read();
    },
    follow,
    troubleOf: (run) => (isRunning(run) ? troubles.get(run.id) : undefined),
    journal,
    apiFor,
    api,
  };
}
