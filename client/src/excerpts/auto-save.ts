import * as vscode from 'vscode';
import { EXCERPT_SCHEME } from '../../../batch/excerpt/scheme';
import type { ExcerptFiles } from './excerpt-files';

/**
 * Where saving by itself failed once, VS Code waits for a person. What is no JSON while it is typed is no such failure: an
 * excerpt that can be written again is saved as it would have been.
 */
export function resumeAutoSave(excerpts: ExcerptFiles): vscode.Disposable {
  const timers = new Map<string, NodeJS.Timeout>();
  const save = async (document: vscode.TextDocument): Promise<void> => {
    timers.delete(document.uri.toString());
    if (document.isDirty && (await excerpts.canBeWrittenAgain(document.uri, document.getText()))) await document.save();
  };
  const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.uri.scheme !== EXCERPT_SCHEME || !document.isDirty) return;
    const files = vscode.workspace.getConfiguration('files', document);
    if (files.get('autoSave') === 'off') return;
    const name = document.uri.toString();
    clearTimeout(timers.get(name));
    timers.set(
      name,
      setTimeout(() => void save(document).catch(() => {}), files.get('autoSaveDelay', 1000)),
    );
  });
  const stop = (): void => {
    for (const timer of timers.values()) clearTimeout(timer);
  };
  return vscode.Disposable.from(listener, { dispose: stop });
}
