import type { Location, ReferenceParams } from 'vscode-languageserver';
import type { BatchDocument } from '../documents';
import { placesOf, symbolAt } from '../symbol';
import { toLocation } from '../to-lsp';

/** Where a tool, a tool use or an MCP server is meant in its request, and the other requests with the same id. */
export function references(document: BatchDocument, { position, context }: ReferenceParams): Location[] {
  const symbol = symbolAt(document, position);
  const places = symbol ? placesOf(document, symbol) : [];
  return places
    .filter(({ defines }) => context.includeDeclaration || !defines)
    .map((place) => toLocation(document.uri, place));
}
