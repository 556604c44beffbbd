import path from 'node:path';
import type * as vscode from 'vscode';
import type { App } from './app';
import { askText } from './ask';
import { linesOf } from './excerpts/lines';
import { notice } from './notice';
import type { PlacedRequest } from './requests';

/**
 * Asks for a request of a file of any size by its `custom_id` or the number of its line, which may hold none that can be
 * read; says so where the file has no such line.
 */
export async function askRequest(
  app: Pick<App, 'server' | 'edits'>,
  file: vscode.Uri,
  title: string,
): Promise<PlacedRequest | undefined> {
  const name = path.basename(file.fsPath);
  const answer = await askText({
    title: `${title} in ${name}`,
    prompt: 'Its custom_id, or the number of its line',
  });
  const wanted = answer?.trim();
  if (!wanted) return undefined;
  const found = await find(app, file, wanted);
  if (!found) void notice.warning(`${name} has no request "${wanted}".`);
  return found;
}

/** An id comes first: ids may be numbers too. */
async function find(
  { server, edits }: Pick<App, 'server' | 'edits'>,
  file: vscode.Uri,
  wanted: string,
): Promise<PlacedRequest | undefined> {
  const byId = await server.findRequest(file, wanted);
  if (byId) return { customId: wanted, line: byId.line };
  if (!/^\d+$/.test(wanted)) return undefined;
  const line = Number(wanted) - 1;
  const there = await linesOf(file, edits).read(line, { lines: 1 });
  return there ? ((await server.requestAt(file, line)) ?? { customId: '', line }) : undefined;
}
