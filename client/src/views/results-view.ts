import path from 'node:path';
import * as vscode from 'vscode';
import { bundledModels } from '../../../batch/cost/models';
import { openResults, type Results } from '../../../runs/results-index';
import type { App } from '../app';
import { newestResults } from '../newest-results';
import { neighbour, reveal, showLeft } from '../requests';
import { answerOf } from '../text/answer';
import { renderBlock } from './markdown';
import { createResultsPanel } from './results-panel';

/** The answers beside the requests: the panel shows the one to the request under the cursor. */
export interface ResultsView {
  /** Opens the newest results of a request file, or those at `resultsPath`; false where it has none. */
  open(source: vscode.Uri, resultsPath?: string): Promise<boolean>;
  /** Shows the answer to one request; `line` is 0-based. Does nothing while other results are shown. */
  show(source: vscode.Uri, customId: string, line: number): Promise<void>;
  /** The request file of the results that are shown. */
  readonly source: vscode.Uri | undefined;
  /** 0-based line of the request whose answer is shown. */
  readonly line: number;
}

interface Shown {
  readonly source: vscode.Uri;
  readonly results: Results;
}

export function createResultsView({ context, server, log }: Pick<App, 'context' | 'server' | 'log'>): ResultsView {
  const panel = createResultsPanel(context);
  let shown: Shown | undefined;
  let current = { customId: '', line: 0 };
  let asked = 0;

  const open: ResultsView['open'] = async (source, resultsPath) => {
    const found = resultsPath ?? (await newestResults(source))?.path;
    if (!found) return false;
    const results = await openResults(found);
    shown?.results.close();
    shown = { source, results };
    await showLeft(source);
    panel.show(path.basename(found));
    await follow();
    return true;
  };

  const show: ResultsView['show'] = async (source, customId, line) => {
    if (shown?.source.toString() !== source.toString()) return;
    const turn = ++asked;
    current = { customId, line };
    const { results } = shown;
    const sandbox = results.path.endsWith('.sandbox.results.jsonl');
    const answer = answerOf({ customId, line, sandbox }, results.get(customId), bundledModels);
    const blocks = await Promise.all(answer.blocks.map(renderBlock));
    if (turn === asked) panel.post({ type: 'answer', answer: { ...answer, blocks } });
  };

  /** Shows the answer to the request under the cursor, else to the first one. */
  const follow = async (): Promise<void> => {
    if (!shown) return;
    const { source } = shown;
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === source.toString(),
    );
    const line = editor?.selection.active.line ?? current.line;
    const turn = ++asked;
    const request = (await server.requestAt(source, line)) ?? (await neighbour(server, source, line, 1));
    if (turn !== asked) return;
    if (request) await show(source, request.customId, request.line);
    else panel.post({ type: 'nothing', text: 'There is no request on this line.' });
  };

  const quietly = (work: Promise<unknown>): void => void work.catch((error) => log.error(error));
  context.subscriptions.push(
    panel.onMessage((type) => {
      if (type === 'ready') quietly(follow());
      else if (type === 'reveal' && shown) quietly(reveal(shown.source, current.line));
      else quietly(Promise.resolve(vscode.commands.executeCommand(`messageBatches.${type}Request`)));
    }),
    panel.onDidClose(() => {
      shown?.results.close();
      shown = undefined;
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor.document.uri.toString() === shown?.source.toString()) quietly(follow());
    }),
  );

  return {
    open,
    show,
    get source() {
      return shown?.source;
    },
    get line() {
      return current.line;
    },
  };
}
