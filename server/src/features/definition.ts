import type { Location, Position } from 'vscode-languageserver';
import type { BatchDocument } from '../documents';
import { placesOf, symbolAt } from '../symbol';
import { toLocation } from '../to-lsp';

/** The tool that a `tool_choice` or `tool_use` names, the `tool_use` that a result answers, the first request with a repeated id. */
export function definition(document: BatchDocument, position: Position): Location | null {
  const symbol = symbolAt(document, position);
  const place = symbol && placesOf(document, symbol).find(({ defines }) => defines);
  return place ? toLocation(document.uri, place) : null;
}
