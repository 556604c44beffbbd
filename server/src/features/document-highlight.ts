import type { DocumentHighlight, Position } from 'vscode-languageserver';
import type { BatchDocument } from '../documents';
import { placesOf, symbolAt } from '../symbol';
import { toHighlight } from '../to-lsp';

/** All places of the name under the cursor. */
export function documentHighlights(document: BatchDocument, position: Position): DocumentHighlight[] {
  const symbol = symbolAt(document, position);
  return symbol ? placesOf(document, symbol).map(toHighlight) : [];
}
