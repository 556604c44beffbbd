import path from 'node:path';
import * as vscode from 'vscode';
import { count } from '../../../batch/wording';
import type { App } from '../app';
import { askRequest } from '../ask-request';
import { excerptOf, excerptUri } from '../excerpts/excerpt';
import { linesOf } from '../excerpts/lines';
import { notice } from '../notice';
import { targetFile } from '../target';

/** How much of a file is opened at a time: requests, unless they are larger than an editor likes, in bytes. */
const WINDOW = { requests: 500, bytes: 16_000_000 };

/** Asks for a request of a file of any size, and opens it and those that follow as a document. */
export async function openRequestsFrom(app: App, target?: unknown): Promise<void> {
  const file = targetFile(app, target);
  const first = file && (await askRequest(app, file, 'Open Requests From'));
  if (file && first) await openLines(app, file, first.line, WINDOW);
}

/** Opens the requests after those of the excerpt in front, or before them. */
export async function openNextRequests(app: App): Promise<void> {
  const shown = await linesInFront(app);
  if (shown) await openLines(app, shown.file, shown.line + shown.lines, WINDOW);
}

export async function openPreviousRequests(app: App): Promise<void> {
  const shown = await linesInFront(app);
  if (!shown) return;
  const from = Math.max(0, shown.line - WINDOW.requests);
  await openLines(app, shown.file, from, { ...WINDOW, lines: shown.line - from });
}

async function linesInFront({ activeFile, excerpts }: App) {
  const { uri } = activeFile;
  const excerpt = uri && excerptOf(uri);
  if (uri && excerpt?.kind === 'lines') return { ...(await excerpts.blockOf(uri)), file: excerpt.file };
  void notice.warning('Open requests of a file first, with "Open Requests From…".');
  return undefined;
}

async function openLines(
  { edits }: App,
  file: vscode.Uri,
  line: number,
  limits: typeof WINDOW & { readonly lines?: number },
): Promise<void> {
  const block = limits.lines === 0 ? null : await linesOf(file, edits).read(line, limits);
  if (!block) {
    const edge = line > 0 ? `The last of its lines is ${count(line)}.` : 'They begin with its first line.';
    return void notice.information(`${path.basename(file.fsPath)} has no more requests. ${edge}`);
  }
  // Another window takes the place of one in which nothing was changed.
  await vscode.window.showTextDocument(excerptUri({ kind: 'lines', file, line, lines: block.lines }), {
    preview: true,
  });
}
