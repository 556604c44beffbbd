import * as vscode from 'vscode';
import type { AnswerBlock } from '../text/answer';
import type { Block } from '../webview/messages';

/** Renders with the editor's own Markdown; where that is switched off the text is shown as it is. */
export async function renderBlock({ kind, title, content, folded }: AnswerBlock): Promise<Block> {
  if (kind === 'text') return { kind: 'text', title, content, folded };
  try {
    const html = await vscode.commands.executeCommand<string>('markdown.api.render', content);
    return { kind: 'html', title, content: html, folded };
  } catch {
    return { kind: 'text', title, content, folded };
  }
}
