import * as vscode from 'vscode';
import type { Run } from '../../runs/run';
import { watchActiveFile } from './active-file';
import { ApiKeys } from './api-keys';
import { Apis } from './apis';
import type { App } from './app';
import { onCalibration } from './calibrations-watcher';
import { ClearedResults } from './cleared-results';
import { runCommand } from './commands';
import { resumeAutoSave } from './excerpts/auto-save';
import { EditsOnDisk } from './excerpts/edits-on-disk';
import { ExcerptFiles } from './excerpts/excerpt-files';
import { KnownModels } from './known-models';
import { createLanguageServer } from './language-client';
import { LargeFiles } from './large-files';
import { OtherBatches } from './other-batches';
import { reportFailure } from './report';
import { createRequestCursor } from './request-cursor';
import { RunStore } from './run-store';
import { createSandboxMode } from './sandbox-mode';
import { tellLearned, tellRuns } from './tell-of-runs';
import { showApiFindings } from './views/api-findings';
import { CostPages } from './views/cost-page';
import { warnOfExpiry } from './views/expiry';
import { showFileStatus } from './views/file-status';
import { watchResults } from './views/has-results';
import { tellOfRefusedKeys } from './views/key-refused';
import { createOthersTree, describeOthers, type OtherNode } from './views/others-tree';
import { createReportDocuments } from './views/report-document';
import { RequestPreviewView } from './views/request-preview';
import { showResultMarks } from './views/result-marks';
import { ResultsView } from './views/results-view';
import { announceEnds } from './views/run-ended';
import { showRunStatus } from './views/run-status';
import { showBadge } from './views/runs-badge';
import { createRunsTree } from './views/runs-tree';
import { showSandboxStatus } from './views/sandbox-status';
import { TrialAnswersView } from './views/trial-answers';

/** What shows itself, each for as long as the window is open. */
const VIEWS: readonly ((app: App) => void)[] = [
  showFileStatus,
  showRunStatus,
  showSandboxStatus,
  announceEnds,
  warnOfExpiry,
  tellOfRefusedKeys,
  watchResults,
  showApiFindings,
];

/** What the stub in `extension.ts` asks of the client. */
export interface Client {
  /** Runs a command of the manifest; what goes wrong is said to the person and logged. */
  run(command: string, args: readonly unknown[]): Promise<void>;
  /** A batch file is shown: starts the language server. */
  showFiles(): void;
  /** Submitted batches are still to be followed. */
  followRuns(): void;
  /** Fills a results panel that was open before the window was reloaded. */
  restoreResults(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  readonly trees: { readonly [name in keyof Trees]: vscode.TreeDataProvider<NodeOf<Trees[name]>> };
  /** The parts of batch files that are documents of their own. */
  readonly excerpts: vscode.FileSystemProvider;
}

/** The lists of batches, as the stub has made them. */
export interface Trees {
  readonly runs: vscode.TreeView<Run>;
  readonly others: vscode.TreeView<OtherNode>;
}

type NodeOf<View> = View extends vscode.TreeView<infer Node> ? Node : never;

/** Builds everything, and starts nothing that is not asked for. */
export function startClient(context: vscode.ExtensionContext, trees: Trees): Client {
  const log = vscode.window.createOutputChannel('Message Batches', { log: true });
  context.subscriptions.push(log);
  const app = createApp(context, log);
  for (const view of VIEWS) view(app);
  showBadge(app, trees.runs);
  describeOthers(app, trees.others);
  const guarded = (work: () => unknown): Promise<void> =>
    Promise.resolve()
      .then(work)
      .then(
        () => {},
        (error) => reportFailure(error, log),
      );
  const learned = (): unknown => guarded(() => tellLearned(app));
  const submitted = (): unknown => guarded(() => tellRuns(app));
  context.subscriptions.push(app.runs.onDidFinish(submitted));
  context.subscriptions.push(app.runs.onDidFinish(learned), app.sandbox.onDidChange(learned), onCalibration(learned));
  submitted();
  learned();
  guarded(() => app.runs.listen());
  return {
    run: (command, args) => guarded(() => runCommand(app, command.replace('messageBatches.', ''), args)),
    showFiles: () => void guarded(() => app.server.start()),
    followRuns: () => void guarded(async () => (await app.runs.refresh()) && app.runs.follow()),
    restoreResults: (panel, state) => guarded(() => app.results.restore(panel, state)),
    trees: { runs: createRunsTree(app), others: createOthersTree(app) },
    excerpts: app.excerpts,
  };
}

function createApp(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): App {
  const models = new KnownModels();
  const cleared = new ClearedResults(context.workspaceState);
  const server = createLanguageServer(context, log, models, cleared);
  const keys = new ApiKeys(context);
  const apis = new Apis();
  const sandbox = createSandboxMode(context, log);
  const activeFile = watchActiveFile(server, context.subscriptions);
  const edits = new EditsOnDisk(context);
  const runs = new RunStore({ context, keys, apis, models, sandbox, log });
  const others = new OtherBatches({ context, keys, sandbox, apis, runs, activeFile });
  const results = new ResultsView({ context, server, models, activeFile, runs, log });
  const excerpts = new ExcerptFiles({ context, server, log, edits });
  context.subscriptions.push(resumeAutoSave(excerpts));
  const reports = createReportDocuments({ context });
  return {
    context,
    log,
    server,
    keys,
    apis,
    models,
    sandbox,
    runs,
    others,
    activeFile,
    results,
    cleared,
    marks: showResultMarks({ context, server, activeFile, runs }),
    cursor: createRequestCursor({ server, results }),
    reports,
    costs: new CostPages({ context }),
    largeFiles: new LargeFiles({ context, server, log }),
    edits,
    excerpts,
    preview: new RequestPreviewView({ context, models, activeFile, excerpts, log }),
    trials: new TrialAnswersView(context),
  };
}
