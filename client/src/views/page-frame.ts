import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageFrame } from './page-html';

/** The frame of a page in a panel: a style of its own from media/ after that of all pages, and a script from dist/ where it has one. */
export function pageFrame(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  style: string,
  script?: string,
): PageFrame {
  const address = (...steps: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...steps)).toString();
  return {
    styles: ['page.css', style].map((name) => address('media', name)),
    cspSource: webview.cspSource,
    ...(script && { script: { source: address('dist', script), nonce: randomBytes(16).toString('hex') } }),
  };
}
