import path from 'node:path';
import * as vscode from 'vscode';
import { openResults, type Results } from '../../../runs/results-index';
import type { App } from '../app';
import { judgementOf } from '../judgement';
import { newestResults } from '../newest-results';
import { neighbour, reveal, showLeft } from '../requests';
import { answerOf, noResultsYet } from '../text/answer';
import type { FromPanel } from '../webview/messages';
import { renderBlock } from './markdown';
import { createResultsPanel, type ResultsPanel } from './results-panel';

interface Shown {
  readonly source: vscode.Uri;
  /** Undefined where the file has none yet. */
  readonly results: Results | undefined;
}

/** The answers beside the requests: the panel shows the one to the request under the cursor, of the batch file in front. */
export class ResultsView {
  readonly #panel: ResultsPanel;
  #shown: Shown | undefined;
  #line = 0;
  /** Counts what was asked for, so that a late answer never takes the place of a newer one. */
  #turn = 0;

  constructor(private readonly app: Pick<App, 'context' | 'server' | 'models' | 'activeFile' | 'log'>) {
    this.#panel = createResultsPanel(app.context);
    const logged = (work: Promise<void>): void => void work.catch((error) => app.log.error(error));
    app.context.subscriptions.push(
      this.#panel.onMessage((type) => logged(this.#answer(type))),
      this.#panel.onDidClose(() => this.#close()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#isSource(textEditor.document.uri)) logged(this.#follow());
      }),
      app.activeFile.onDidChange(() => logged(this.#turnToActiveFile())),
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
    await showLeft(source);
    this.#take({ source, results });
    this.#panel.show(path.basename(found));
    await this.#follow();
    return true;
  }

  /** Shows the answer to one request; `line` is 0-based. Does nothing while other results are shown. */
  async show(source: vscode.Uri, customId: string, line: number): Promise<void> {
    const results = this.#isSource(source) ? this.#shown?.results : undefined;
    if (!results) return;
    const turn = ++this.#turn;
    this.#line = line;
    const { context } = await judgementOf(source, this.app.models.table);
    if (turn !== this.#turn) return;
    const sandbox = results.path.endsWith('.sandbox.results.jsonl');
    const answer = answerOf({ customId, line, sandbox }, results.get(customId), context.models);
    const blocks = await Promise.all(answer.blocks.map(renderBlock));
    if (turn === this.#turn) this.#panel.post({ type: 'answer', answer: { ...answer, blocks } });
  }

  /** Another batch file came to the front: what is shown is no longer of the file that the cursor is in. */
  async #turnToActiveFile(): Promise<void> {
    const { uri, summary } = this.app.activeFile;
    const before = this.#shown;
    if (!before || uri?.scheme !== 'file' || summary?.kind !== 'batch') return;
    if (this.#isSource(uri) && before.results) return;
    const found = (await newestResults(uri))?.path;
    const results = found ? await openResults(found) : undefined;
    const isInFront = this.app.activeFile.uri?.toString() === uri.toString();
    if (this.#shown !== before || !isInFront) return results?.close();
    this.#take({ source: uri, results });
    this.#panel.rename(path.basename(found ?? uri.fsPath));
    await this.#follow();
  }

  /** Shows the answer to the request under the cursor, else to the next one. */
  async #follow(): Promise<void> {
    if (!this.#shown) return;
    const { source, results } = this.#shown;
    if (!results) return this.#panel.post({ type: 'nothing', text: noResultsYet(path.basename(source.fsPath)) });
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

  #take(shown: Shown): void {
    this.#close();
    this.#shown = shown;
    this.#line = 0;
  }

  #close(): void {
    this.#turn++;
    this.#shown?.results?.close();
    this.#shown = undefined;
  }
}
