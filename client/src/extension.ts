/**
 * All that an editor without batch files ever loads: it registers commands and the list of batches, and loads
 * `client.js` when one of them is used, when a batch file is shown, or when submitted batches are still to be followed.
 */
import * as vscode from 'vscode';
import { EXCERPT_SCHEME } from '../../batch/excerpt/scheme';
import { hasOpenRuns } from '../../runs/pending';
import type { Run } from '../../runs/run';
import { whenBatchFileShown } from './batch-file-shown';
import type * as Main from './main';
import { stateDir } from './settings';

export function activate(context: vscode.ExtensionContext): void {
  const runsChanged = new vscode.EventEmitter<void>();
  let loaded: Main.Client | undefined;
  const client = (): Main.Client => {
    loaded ??= (require('./client.js') as typeof Main).startClient(context, () => runsChanged.fire());
    return loaded;
  };
  context.subscriptions.push(
    runsChanged,
    registerRuns(runsChanged.event, client),
    ...registerCommands(context, client),
    registerExcerpts(() => client().excerpts),
    vscode.window.registerWebviewPanelSerializer('messageBatches.results', {
      deserializeWebviewPanel: (panel, state) => client().restoreResults(panel, state),
    }),
    whenBatchFileShown(() => client().showFiles()),
  );
  void hasOpenRuns(stateDir()).then((open) => open && client().followRuns());
}

/** Every command of the manifest. */
function registerCommands({ extension }: vscode.ExtensionContext, client: () => Main.Client): vscode.Disposable[] {
  const declared: readonly { readonly command: string }[] = extension.packageJSON.contributes.commands;
  return declared.map(({ command }) =>
    vscode.commands.registerCommand(command, (...args: unknown[]) => client().run(command, args)),
  );
}

function registerRuns(onDidChangeTreeData: vscode.Event<void>, client: () => Main.Client): vscode.Disposable {
  return vscode.window.registerTreeDataProvider<Run>('messageBatches.runs', {
    onDidChangeTreeData,
    getChildren: async (run) => (run ? [] : [...(await client().listRuns())]),
    getTreeItem: (run) => client().runItem(run),
  });
}

/** Their documents may be open from the last time, before anything else is. */
function registerExcerpts(excerpts: () => vscode.FileSystemProvider): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let loaded: vscode.FileSystemProvider | undefined;
  const files = (): vscode.FileSystemProvider => {
    if (loaded) return loaded;
    loaded = excerpts();
    loaded.onDidChangeFile((changes) => changed.fire(changes));
    return loaded;
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: (...args) => files().watch(...args),
    stat: (uri) => files().stat(uri),
    readDirectory: (uri) => files().readDirectory(uri),
    createDirectory: (uri) => files().createDirectory(uri),
    readFile: (uri) => files().readFile(uri),
    writeFile: (...args) => files().writeFile(...args),
    delete: (...args) => files().delete(...args),
    rename: (...args) => files().rename(...args),
  };
  return vscode.workspace.registerFileSystemProvider(EXCERPT_SCHEME, provider, { isCaseSensitive: true });
}
