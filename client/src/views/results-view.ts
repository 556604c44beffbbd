import path from 'node:path';
import * as vscode from 'vscode';
import type { TableRow } from '../../../results/results-table';
import { ThreadError } from '../../../results/thread/on-thread';
import { attemptsOf } from '../../../runs/results-files';
import type { App } from '../app';
import { judgementOf } from '../judgement';
import { newestResults } from '../newest-results';
import { neighbour, reveal, showLeft } from '../requests';
import { resultsThread } from '../results-thread';
import { answerOf, noResultsYet } from '../text/answer';
import type { FromPanel, Query } from '../webview/messages';
import { renderBlock } from './markdown';
import { OpenedResults } from './opened-results';
import { createResultsPanel, panelStateOf, type ResultsPanel } from './results-panel';

/** While rows are read, the panel is told of them so often. */
const TELL_MS = 300;

/**
 * The results beside their requests: a table of all rows, and the answer to one. The row follows the cursor in the request
 * file, and the cursor the row.
 */
export class ResultsView {
  readonly #panel: ResultsPanel;
  #source: vscode.Uri | undefined;
  /** Undefined where the request file has none yet. */
  #opened: OpenedResults | undefined;
  #line = 0;
  /** Counts what was asked for, so that a late answer never takes the place of a newer one. */
  #turn = 0;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Other results are shown, or more of them are read. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly app: Pick<App, 'context' | 'server' | 'models' | 'activeFile' | 'runs' | 'log'>) {
    this.#panel = createResultsPanel(app.context);
    app.context.subscriptions.push(
      this.#changed,
      this.#panel.onMessage((message) => this.#logged(this.#answer(message))),
      this.#panel.onDidClose(() => this.#close()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        // While the person is in the table, the cursor follows the row.
        if (this.#isSource(textEditor.document.uri) && !this.#panel.isActive) this.#logged(this.#follow());
      }),
      app.activeFile.onDidChange(() => this.#logged(this.#turnToActiveFile())),
    );
  }

  /** The request file of the results that are shown. */
  get source(): vscode.Uri | undefined {
    return this.#source;
  }

  /** 0-based line of the request whose answer is shown. */
  get line(): number {
    return this.#line;
  }

  /** The results that are shown. */
  get opened(): OpenedResults | undefined {
    return this.#opened;
  }

  /** Opens the newest results of a request file, or those at `resultsPath`; false where it has none. */
  async open(source: vscode.Uri, resultsPath?: string): Promise<boolean> {
    const found = resultsPath ?? (await newestResults(source, this.app.runs.all))?.path;
    if (!found) return false;
    await showLeft(source);
    await this.#take(source, found);
    this.#panel.show(path.basename(found));
    await this.#follow();
    return true;
  }

  /** Takes over a panel of before a reload of the window, with what was in it. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = panelStateOf(state);
    if (!kept) return panel.dispose();
    this.#panel.adopt(panel);
    await this.#take(vscode.Uri.file(kept.source), kept.results);
  }

  /** Shows the answer to one request; `line` is 0-based. Does nothing while other results are shown. */
  async show(source: vscode.Uri, customId: string, line: number): Promise<void> {
    const opened = this.#isSource(source) ? this.#opened : undefined;
    if (!opened) return;
    this.#line = line;
    const index = opened.table.indexOf(customId);
    this.#select(opened, index ?? -1);
    if (index !== undefined) return this.#showRow(opened, index, line);
    const text = opened.isRead ? `The results have no row for ${customId}.` : 'Reading the results…';
    this.#turn++;
    this.#panel.post({ type: 'unanswered', text });
  }

  /** Closes the panel. */
  close(): void {
    this.#panel.close();
  }

  /** The row whose answer is shown, with its text; undefined where none is. */
  get shownRow(): { readonly row: TableRow; readonly value: unknown } | undefined {
    const table = this.#opened?.table;
    const row = table?.rows[this.#opened?.selected ?? -1];
    return table && row && { row, value: table.valueOf(row) };
  }

  async #showRow(opened: OpenedResults, index: number, line: number | undefined): Promise<void> {
    const row = opened.table.rows[index];
    if (!row) return;
    const turn = ++this.#turn;
    opened.selected = index;
    const earlier = row.customId === null ? [] : opened.table.earlier(row.customId);
    const answer = answerOf(row, opened.table.valueOf(row), {
      estimate: opened.estimateOf(row),
      line,
      sandbox: opened.isSandbox,
      earlier,
      misfit: opened.misfit(row, opened.table.valueOf(row)),
    });
    const blocks = await Promise.all(answer.blocks.map(renderBlock));
    if (turn === this.#turn) this.#panel.post({ type: 'answer', answer: { ...answer, blocks } });
  }

  /** Marks a row in the table, wherever it is in the order. */
  #select(opened: OpenedResults, index: number): void {
    opened.selected = index;
    this.#panel.post({ type: 'selected', order: opened.orderId, selected: opened.selectedAt });
  }

  /** Another batch file came to the front: what is shown is no longer of the file that the cursor is in. */
  async #turnToActiveFile(): Promise<void> {
    const { uri, summary } = this.app.activeFile;
    const before = this.#source;
    if (!before || uri?.scheme !== 'file' || summary?.kind !== 'batch') return;
    if (this.#isSource(uri) && this.#opened) return;
    const found = (await newestResults(uri, this.app.runs.all))?.path;
    const isInFront = this.app.activeFile.uri?.toString() === uri.toString();
    if (this.#source !== before || !isInFront) return;
    await this.#take(uri, found);
    this.#panel.rename(path.basename(found ?? uri.fsPath));
    await this.#follow();
  }

  /** Shows the answer to the request under the cursor, else to the next one. */
  async #follow(): Promise<void> {
    const source = this.#source;
    if (!source) return;
    const opened = this.#opened;
    if (!opened) return this.#panel.post({ type: 'nothing', text: noResultsYet(path.basename(source.fsPath)) });
    const editor = vscode.window.visibleTextEditors.find(({ document }) => this.#isSource(document.uri));
    const line = editor?.selection.active.line ?? this.#line;
    const turn = ++this.#turn;
    const { server } = this.app;
    const request = (await server.requestAt(source, line)) ?? (await neighbour(server, source, line, 1));
    if (turn !== this.#turn) return;
    // The cursor came to where the row is: there is nothing new to show.
    if (request && opened.table.rows[opened.selected]?.customId === request.customId) this.#line = request.line;
    else if (request) await this.show(source, request.customId, request.line);
  }

  async #answer(message: FromPanel): Promise<void> {
    const opened = this.#opened;
    switch (message.type) {
      case 'ready':
        if (opened) this.#panel.post({ type: 'run', run: opened.view() });
        if (opened && opened.selected >= 0) return this.#showRow(opened, opened.selected, this.#line);
        return this.#follow();
      case 'query':
        return opened && this.#arrange(opened, message.query);
      case 'rows':
        return opened && this.#tellRows(opened, message);
      case 'select':
        return opened && this.#selectAt(opened, message);
      case 'cancel':
        return opened?.stopSearch();
      case 'reveal':
        return this.#source && reveal(this.#source, this.#line);
      case 'copy':
        return void (await vscode.commands.executeCommand('messageBatches.copyAnswer'));
      default:
        return void (await vscode.commands.executeCommand(`messageBatches.${message.type}Request`));
    }
  }

  async #arrange(opened: OpenedResults, query: Query): Promise<void> {
    try {
      if (await opened.arrange(query, (done) => this.#panel.post({ type: 'searching', done }))) this.#tellOrder(opened);
    } catch (error) {
      if (error instanceof vscode.CancellationError)
        this.#panel.post({ type: 'trouble', text: 'The search was canceled.' });
      else if (error instanceof ThreadError) this.#panel.post({ type: 'trouble', text: error.message });
      else throw error;
    }
  }

  #tellOrder(opened: OpenedResults): void {
    const { orderId: order, count, selectedAt: selected } = opened;
    this.#panel.post({ type: 'order', order, count, selected });
  }

  #tellRows(opened: OpenedResults, { order, from, to }: Extract<FromPanel, { type: 'rows' }>): void {
    if (order === opened.orderId) this.#panel.post({ type: 'rows', order, from, rows: opened.rows(from, to) });
  }

  /** A row was chosen in the table: its answer is shown, and the cursor goes to its request where that is on screen. */
  async #selectAt(opened: OpenedResults, { order, at }: Extract<FromPanel, { type: 'select' }>): Promise<void> {
    const index = order === opened.orderId ? opened.rowAt(at) : undefined;
    const customId = index === undefined ? undefined : opened.table.rows[index]?.customId;
    if (index === undefined) return;
    const turn = ++this.#turn;
    opened.selected = index;
    const line = customId ? await this.#lineOf(opened, customId) : undefined;
    // Another row was chosen meanwhile.
    if (turn !== this.#turn) return;
    await this.#showRow(opened, index, line);
    if (line === undefined || opened.selected !== index) return;
    this.#line = line;
    const isOnScreen = vscode.window.visibleTextEditors.some(({ document }) => this.#isSource(document.uri));
    if (isOnScreen) await reveal(opened.source, line, true);
  }

  /** Where a request is now: in the document where it is open, else as it was read from disk. */
  async #lineOf(opened: OpenedResults, customId: string): Promise<number | undefined> {
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => this.#isSource(uri));
    if (!isOpen) return opened.lineOf(customId);
    return (await this.app.server.findRequest(opened.source, customId))?.line;
  }

  #isSource(uri: vscode.Uri): boolean {
    return uri.toString() === this.#source?.toString();
  }

  /** Turns to other results, and begins to read them. */
  async #take(source: vscode.Uri, found: string | undefined): Promise<void> {
    this.#close();
    this.#source = source;
    if (!found) return;
    const turn = this.#turn;
    const runs = await (await this.app.runs.journal()).list();
    const [attempts, { context }] = await Promise.all([
      attemptsOf(found, runs),
      judgementOf(source, this.app.models.table),
    ]);
    if (turn !== this.#turn) return;
    let told = 0;
    const opened = new OpenedResults({
      source,
      attempts,
      models: context.models,
      threadScript: resultsThread(this.app.context),
      onProgress: (read) => {
        if (read < 1 && Date.now() - told < TELL_MS) return;
        told = Date.now();
        this.#logged(this.#hasRead(opened));
      },
    });
    this.#opened = opened;
    const loading = this.#submittedIds(found).then((submitted) => opened.load(submitted));
    loading.catch((error: Error) => {
      this.app.log.error(error);
      if (this.#opened === opened) this.#panel.post({ type: 'trouble', text: error.message });
    });
  }

  /** More rows are there. */
  async #hasRead(opened: OpenedResults): Promise<void> {
    if (this.#opened !== opened) return;
    this.#panel.post({ type: 'run', run: opened.view() });
    if (await opened.rearrange()) this.#tellOrder(opened);
    this.#changed.fire();
    if (opened.selected < 0) await this.#follow();
    // How it fits is known last.
    else if (opened.isRead && opened.hasFields) await this.#showRow(opened, opened.selected, this.#line);
  }

  /** The ids that were sent, where this machine's journal knows. */
  async #submittedIds(resultsPath: string): Promise<readonly string[] | null> {
    const journal = await this.app.runs.journal();
    const run = (await journal.list()).find((each) => each.resultsPath === resultsPath);
    return run ? journal.ids(run.id) : null;
  }

  #close(): void {
    this.#turn++;
    this.#opened?.close();
    this.#opened = undefined;
    this.#source = undefined;
    this.#line = 0;
    this.#changed.fire();
  }

  /** Nobody waits for it: what goes wrong is in the log. */
  #logged(work: Promise<unknown>): void {
    work.catch((error) => this.app.log.error(error));
  }
}
