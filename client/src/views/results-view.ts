import path from 'node:path';
import * as vscode from 'vscode';
import { bundledModels } from '../../../batch/cost/models';
import { openResults, type Results } from '../../../runs/results-index';
import type { App } from '../app';
import { newestResults } from '../newest-results';
import { neighbour, reveal, showLeft } from '../requests';
import { answerOf } from '../text/answer';
import type { FromPanel } from '../webview/messages';
import { renderBlock } from './markdown';
import { createResultsPanel, type ResultsPanel } from './results-panel';

/** The answers beside the requests: the panel shows the one to the request under the cursor. */
export class ResultsView {
  readonly #panel: ResultsPanel;
  #shown: { readonly source: vscode.Uri; readonly results: Results } | undefined;
  #line = 0;
  /** Counts what was asked for, so that a late answer never takes the place of a newer one. */
  #turn = 0;

  constructor(private readonly app: Pick<App, 'context' | 'server' | 'log'>) {
    this.#panel = createResultsPanel(app.context);
    app.context.subscriptions.push(
      this.#panel.onMessage((type) => void this.#answer(type).catch((error) => app.log.error(error))),
      this.#panel.onDidClose(() => this.#close()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#isSource(textEditor.document.uri)) void this.#follow().catch((error) => app.log.error(error));
      }),
    );
  }

  /** The request file of the results that are shown. */
  get source(): vscode.Uri | undefined {
    return this.#shown?.source;
  }

  /** 0-based line of the request whose answer is shown. */
  get line(): number {
    return this.#line;
  }

  /** Opens the newest results of a request file, or those at `resultsPath`; false where it has none. */
  async open(source: vscode.Uri, resultsPath?: string): Promise<boolean> {
    const found = resultsPath ?? (await newestResults(source))?.path;
    if (!found) return false;
    const results = await openResults(found);
    this.#close();
    this.#shown = { source, results };
    await showLeft(source);
    this.#panel.show(path.basename(found));
    await this.#follow();
    return true;
  }

  /** Shows the answer to one request; `line` is 0-based. Does nothing while other results are shown. */
  async show(source: vscode.Uri, customId: string, line: number): Promise<void> {
    if (!this.#shown || !this.#isSource(source)) return;
    const turn = ++this.#turn;
    this.#line = line;
    const { results } = this.#shown;
    const sandbox = results.path.endsWith('.sandbox.results.jsonl');
    const answer = answerOf({ customId, line, sandbox }, results.get(customId), bundledModels);
    const blocks = await Promise.all(answer.blocks.map(renderBlock));
    if (turn === this.#turn) this.#panel.post({ type: 'answer', answer: { ...answer, blocks } });
  }

  /** Shows the answer to the request under the cursor, else to the next one. */
  async #follow(): Promise<void> {
    if (!this.#shown) return;
    const { source } = this.#shown;
    const editor = vscode.window.visibleTextEditors.find(({ document }) => this.#isSource(document.uri));
    const line = editor?.selection.active.line ?? this.#line;
    const turn = ++this.#turn;
    const { server } = this.app;
    const request = (await server.requestAt(source, line)) ?? (await neighbour(server, source, line, 1));
    if (turn !== this.#turn) return;
    if (request) await this.show(source, request.customId, request.line);
    else this.#panel.post({ type: 'nothing', text: 'There is no request on this line.' });
  }

  async #answer(type: FromPanel['type']): Promise<void> {
    if (type === 'ready') await this.#follow();
    else if (type === 'reveal') await (this.#shown && reveal(this.#shown.source, this.#line));
    else await vscode.commands.executeCommand(`messageBatches.${type}Request`);
  }

  #isSource(uri: vscode.Uri): boolean {
    return uri.toString() === this.#shown?.source.toString();
  }

  #close(): void {
    this.#shown?.results.close();
    this.#shown = undefined;
  }
}
