/**
 * All that an editor without batch files ever loads: it registers commands and the list of batches, and loads
 * `client.js` when one of them is used, when a batch file is shown, or when submitted batches are still to be followed.
 */
import * as vscode from 'vscode';
import { EXCERPT_SCHEME } from '../../batch/excerpt/scheme';
import { hasWork } from '../../runs/pending';
import { whenBatchFileShown } from './batch-file-shown';
import type * as Main from './main';
import { stateDir } from './settings';

export function activate(context: vscode.ExtensionContext): void {
  let loaded: Main.Client | undefined;
  const client = (): Main.Client => {
    loaded ??= (require('./client.js') as typeof Main).startClient(context, trees);
    return loaded;
  };
  const trees: Main.Trees = {
    runs: createTree('messageBatches.runs', () => client().trees.runs),
    others: createTree('messageBatches.others', () => client().trees.others),
  };
  const lookForWork = async (): Promise<void> => {
    if (!loaded && (await hasWork(stateDir()))) client().followRuns();
  };
  context.subscriptions.push(
    trees.runs,
    trees.others,
    ...registerCommands(context, client),
    registerExcerpts(() => client().excerpts),
    vscode.window.registerWebviewPanelSerializer('messageBatches.results', {
      deserializeWebviewPanel: (panel, state) => client().restoreResults(panel, state),
    }),
    whenBatchFileShown(() => client().showFiles()),
    // A terminal may have begun something meanwhile.
    vscode.window.onDidChangeWindowState(({ focused }) => focused && lookForWork()),
  );
  void lookForWork();
}

/** Every command of the manifest. */
function registerCommands({ extension }: vscode.ExtensionContext, client: () => Main.Client): vscode.Disposable[] {
  const declared: readonly { readonly command: string }[] = extension.packageJSON.contributes.commands;
  return declared.map(({ command }) =>
    vscode.commands.registerCommand(command, (...args: unknown[]) => client().run(command, args)),
  );
}

/** A tree whose provider is loaded when it is first shown. */
function createTree<Node>(id: string, provider: () => vscode.TreeDataProvider<Node>): vscode.TreeView<Node> {
  const changed = new vscode.EventEmitter<void>();
  let loaded: vscode.TreeDataProvider<Node> | undefined;
  const tree = (): vscode.TreeDataProvider<Node> => {
    if (loaded) return loaded;
    loaded = provider();
    loaded.onDidChangeTreeData?.(() => changed.fire());
    return loaded;
  };
  const treeDataProvider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => tree().getChildren(node),
    getTreeItem: (node) => tree().getTreeItem(node),
  };
  return vscode.window.createTreeView(id, { treeDataProvider });
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
