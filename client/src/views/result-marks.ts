import * as vscode from 'vscode';
import type { ResultMark } from '../../../server/src/protocol/results';
import type { App } from '../app';
import { newestResults } from '../newest-results';

/** What the newest results say of the requests in the editors: marks in the gutter and the overview ruler. */
export interface ResultMarks {
  /** Takes the marks of a file away, until there are newer results. */
  clear(file: vscode.Uri): Promise<void>;
}

type Kind = 'failed' | 'suspicious';

/** So many marks of a kind are drawn; a file with more has another problem than to find them. */
const MOST_MARKS = 20_000;

export function showResultMarks({
  context,
  server,
  activeFile,
  runs,
}: Pick<App, 'context' | 'server' | 'activeFile' | 'runs'>): ResultMarks {
  const types: Readonly<Record<Kind, vscode.TextEditorDecorationType>> = {
    failed: markType(context, 'failed', 'editorError.foreground'),
    suspicious: markType(context, 'suspicious', 'editorWarning.foreground'),
  };
  const draw = async (editor: vscode.TextEditor): Promise<void> => {
    const { uri } = editor.document;
    const isBatch = uri.scheme === 'file' && server.summaryOf(uri)?.kind === 'batch';
    const marks = isBatch ? await server.resultMarks(uri) : [];
    const withText = vscode.workspace.getConfiguration('messageBatches', uri).get('showResultsInline', false);
    for (const kind of ['failed', 'suspicious'] as const) {
      const own = marks.filter(({ outcome }) => (outcome === 'failed' ? 'failed' : 'suspicious') === kind);
      editor.setDecorations(
        types[kind],
        own.slice(0, MOST_MARKS).map((mark) => decoration(mark, withText)),
      );
    }
  };
  const drawAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document.languageId === 'jsonl') void draw(editor);
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.results.jsonl');
  context.subscriptions.push(
    ...Object.values(types),
    watcher,
    watcher.onDidCreate(drawAll),
    watcher.onDidDelete(drawAll),
    watcher.onDidChange(drawAll),
    runs.onDidEnd(drawAll),
    runs.onDidFinish(drawAll),
    activeFile.onDidChange(drawAll),
    vscode.workspace.onDidChangeConfiguration(
      (change) => change.affectsConfiguration('messageBatches.showResultsInline') && drawAll(),
    ),
  );
  return {
    clear: async (file) => {
      await server.clearResults(file, (await newestResults(file, runs.all))?.path ?? null);
      drawAll();
    },
  };
}

function markType(
  { extensionUri }: vscode.ExtensionContext,
  kind: Kind,
  color: string,
): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    gutterIconPath: vscode.Uri.joinPath(extensionUri, 'media', `mark-${kind}.svg`),
    gutterIconSize: 'contain',
    overviewRulerColor: new vscode.ThemeColor(color),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0.5em' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

/** Behind the id, because the ends of such lines are out of sight. */
function decoration({ line, column, text }: ResultMark, withText: boolean): vscode.DecorationOptions {
  return {
    range: new vscode.Range(line, column, line, column),
    ...(withText && { renderOptions: { after: { contentText: shortened(text) } } }),
  };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
