import type { Position } from 'vscode-languageserver';
import type { Path } from '../../batch/finding';
import { type Node, nodeAt } from '../../batch/json-tree';
import { type NameAt, namesIn, nameUnder, sameName } from '../../batch/names';
import type { BatchDocument } from './documents';

/** What the cursor stands on that has a name: a request by its `custom_id`, or something inside one request. */
export type NamedSymbol =
  | { readonly kind: 'request'; readonly customId: string; readonly line: number }
  /** `places` are all that mean the same, in order. */
  | { readonly kind: 'name'; readonly name: NameAt; readonly line: number; readonly places: readonly NameAt[] };

export const CUSTOM_ID: Path = ['custom_id'];

export function symbolAt(document: BatchDocument, { line, character }: Position): NamedSymbol | undefined {
  if (!document.file) return undefined;
  const tree = document.treeAt(line);
  const id = nodeAt(tree, CUSTOM_ID);
  if (id?.type === 'string' && holds(id, character)) return { kind: 'request', customId: String(id.value), line };
  const names = namesIn(tree);
  const name = nameUnder(names, character);
  return name && { kind: 'name', name, line, places: sameName(names, name) };
}

/** A place in a document: 0-based line, UTF-16 columns. */
export interface SymbolPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Here it gets its name. */
  readonly defines: boolean;
}

/** All places of a symbol, quotes left out: the requests with an id, of which the first is the one meant, or places of one request. */
export function placesOf(document: BatchDocument, symbol: NamedSymbol): SymbolPlace[] {
  if (symbol.kind === 'name') {
    return symbol.places.map(({ node, defines }) => ({ line: symbol.line, ...between(node), defines }));
  }
  const lines = document.file?.linesOfRequest(symbol.customId) ?? [];
  return lines.flatMap((line, index) => {
    const node = nodeAt(document.treeAt(line), CUSTOM_ID);
    return node ? [{ line, ...between(node), defines: index === 0 }] : [];
  });
}

function between({ offset, length }: Node): { start: number; end: number } {
  return { start: offset + 1, end: offset + length - 1 };
}

function holds({ offset, length }: Node, at: number): boolean {
  return offset <= at && at <= offset + length;
}
