import type { CancellationToken, WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver';
import type { BatchDocument } from '../documents';
import type { Session } from '../session';
import { toWorkspaceSymbol } from '../to-lsp';
import { isExcerpt, pathOf, uriOf } from '../uris';

/** The client shows no more, and asks again with every letter. */
const MAX_SYMBOLS = 500;

/**
 * Requests whose `custom_id` has the letters of `query` in their order: of the open batch files, then of those of the
 * workspace that are open nowhere, once something is asked for.
 */
export async function workspaceSymbols(
  { query }: WorkspaceSymbolParams,
  cancel: CancellationToken,
  session: Pick<Session, 'documents' | 'client' | 'connection' | 'idsOnDisk'>,
): Promise<WorkspaceSymbol[]> {
  const isWanted = matcher(query);
  const documents = session.documents.all().filter(({ uri }) => !isExcerpt(uri));
  const found = inDocuments(documents, isWanted);
  if (query.trim() === '' || found.length === MAX_SYMBOLS) return found;
  const stop = new AbortController();
  const cancelling = cancel.onCancellationRequested(() => stop.abort());
  try {
    const open = new Set(documents.map(({ uri }) => pathOf(uri)));
    const options = { isLeftOut: (path: string) => open.has(path), signal: stop.signal };
    for await (const { path, customId, line } of session.idsOnDisk.find(await foldersOf(session), isWanted, options)) {
      found.push(toWorkspaceSymbol(uriOf(path), customId, line));
      if (found.length === MAX_SYMBOLS) break;
    }
    return found;
  } catch (error) {
    if (stop.signal.aborted) return [];
    throw error;
  } finally {
    cancelling.dispose();
  }
}

function inDocuments(documents: readonly BatchDocument[], isWanted: (customId: string) => boolean): WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const document of documents) {
    for (let line = 0; line < document.lines.length; line++) {
      if (found.length === MAX_SYMBOLS) return found;
      const customId = document.factsAt(line)?.customId;
      if (customId && isWanted(customId)) found.push(toWorkspaceSymbol(document.uri, customId, line));
    }
  }
  return found;
}

async function foldersOf({ client, connection }: Pick<Session, 'client' | 'connection'>): Promise<string[]> {
  const folders = client.hasFolders ? await connection.workspace.getWorkspaceFolders() : null;
  return (folders ?? []).flatMap(({ uri }) => pathOf(uri) ?? []);
}

function matcher(query: string): (name: string) => boolean {
  const letters = [...query.toLowerCase().replace(/\s/g, '')];
  return (name) => {
    const lower = name.toLowerCase();
    let at = -1;
    return letters.every((letter) => {
      at = lower.indexOf(letter, at + 1);
      return at >= 0;
    });
  };
}
