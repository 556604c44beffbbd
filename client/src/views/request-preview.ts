import * as vscode from 'vscode';
import { RequestPlaces } from '../../../batch/excerpt/request-places';
import { parseLine } from '../../../runs/custom-id';
import type { App } from '../app';
import { excerptOf, fileOf } from '../excerpts/excerpt';
import { judgementOf } from '../judgement';
import { requestPreview } from '../text/request-preview';
import { pageFrame } from './page-frame';
import { requestPreviewHtml } from './request-preview-html';

/** So long, in ms, is waited for more keys and steps of the cursor before the preview follows. */
const PAUSE_MS = 150;

/** The request under the cursor as a person reads it, in a panel beside. */
export class RequestPreviewView {
  #panel: vscode.WebviewPanel | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Counts what was asked for, so that a late answer never takes the place of a newer one. */
  #turn = 0;

  constructor(private readonly app: Pick<App, 'context' | 'models' | 'activeFile' | 'excerpts' | 'log'>) {
    app.context.subscriptions.push(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#followSoon(textEditor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const editor = vscode.window.activeTextEditor;
        if (editor?.document === document) this.#followSoon(editor);
      }),
      { dispose: () => this.#panel?.dispose() },
    );
  }

  /** Shows a line of a file; the panel follows the cursor from then on. */
  async show(file: vscode.Uri, line: Uint8Array): Promise<void> {
    this.#panel ??= this.#create();
    if (!this.#panel.visible) this.#panel.reveal(undefined, true);
    await this.#render(file, line);
  }

  #create(): vscode.WebviewPanel {
    const { extensionUri } = this.app.context;
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('messageBatches.requestPreview', 'Request Preview', column, {
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'media')],
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  #followSoon(editor: vscode.TextEditor): void {
    if (!this.#panel?.visible || editor.document.uri.toString() !== this.app.activeFile.uri?.toString()) return;
    if (this.app.activeFile.summary?.kind !== 'batch') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#follow(editor).catch((error) => this.app.log.error(error)), PAUSE_MS);
  }

  async #follow({ document, selection }: vscode.TextEditor): Promise<void> {
    const isOneRequest = excerptOf(document.uri)?.kind === 'request';
    const line = isOneRequest
      ? new RequestPlaces(document.getText(), await this.app.excerpts.hiddenIn(document.uri)).line
      : document.lineAt(selection.active).text;
    await this.#render(fileOf(document.uri), Buffer.from(line));
  }

  async #render(file: vscode.Uri, line: Uint8Array): Promise<void> {
    const turn = ++this.#turn;
    const { context } = await judgementOf(file, this.app.models.table);
    if (turn !== this.#turn || !this.#panel) return;
    const { webview } = this.#panel;
    const frame = pageFrame(webview, this.app.context.extensionUri, 'request-preview.css');
    const html = requestPreviewHtml(requestPreview(parseLine(line), context), frame);
    // A page that is the same stays where it was scrolled to.
    if (webview.html !== html) webview.html = html;
  }
}
