import type { WorkspaceSymbol } from 'vscode-languageserver';
import type { BatchDocument } from '../documents';
import { toWorkspaceSymbol } from '../to-lsp';

/** The client shows no more, and asks again with every letter. */
const MAX_SYMBOLS = 500;

/** Requests of the open batch files whose `custom_id` has the letters of `query` in their order. */
export function workspaceSymbols(documents: readonly BatchDocument[], query: string): WorkspaceSymbol[] {
  const isWanted = matcher(query);
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
