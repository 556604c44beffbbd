import * as vscode from 'vscode';
import type { TrialAnswer } from '../text/trial';
import type { FromTrialAnswers, TrialAnswers } from '../webview/messages';
import { renderBlock } from './markdown';
import { pageFrame } from './page-frame';
import { trialAnswersHtml } from './trial-answers-html';

/** Answers to requests that were sent alone, in a panel beside, as the results view shows them. */
export class TrialAnswersView {
  #panel: vscode.WebviewPanel | undefined;
  #shown: TrialAnswers = { answers: [], note: '' };
  #texts: readonly string[] = [];

  constructor(private readonly context: vscode.ExtensionContext) {
    context.subscriptions.push({ dispose: () => this.#panel?.dispose() });
  }

  /** Shows them in the place of earlier ones. */
  async show(title: string, answers: readonly TrialAnswer[], note: string): Promise<void> {
    const views = answers.map(async ({ text: _, ...answer }) => ({
      ...answer,
      blocks: await Promise.all(answer.blocks.map(renderBlock)),
    }));
    this.#shown = { answers: await Promise.all(views), note };
    this.#texts = answers.map(({ text }) => text);
    this.#panel ??= this.#create();
    this.#panel.title = title;
    this.#panel.reveal(undefined, true);
    await this.#panel.webview.postMessage(this.#shown);
  }

  #create(): vscode.WebviewPanel {
    const { extensionUri } = this.context;
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel('messageBatches.trialAnswers', 'Try One Now', column, {
      enableScripts: true,
      localResourceRoots: ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
    });
    const { webview } = panel;
    webview.onDidReceiveMessage((message: FromTrialAnswers) => {
      if (message.type === 'copy') return this.#copy(message.answer);
      // The page says when it is there: at first, and when it comes back from behind another tab.
      return webview.postMessage(this.#shown);
    });
    webview.html = trialAnswersHtml(pageFrame(webview, extensionUri, 'results.css', 'trial-answers.js'));
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }

  async #copy(answer: number): Promise<void> {
    await vscode.env.clipboard.writeText(this.#texts[answer] ?? '');
    vscode.window.setStatusBarMessage('Copied', 3000);
  }
}
