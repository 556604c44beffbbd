import path from 'node:path';
import {
  LSPErrorCodes,
  type Position,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { CUSTOM_ID_PATTERN } from '../../../batch/limits';
import { namesIn } from '../../../batch/names';
import type { ClientFeatures } from '../client-features';
import type { BatchDocument } from '../documents';
import { type NamedSymbol, placesOf, type SymbolPlace, symbolAt } from '../symbol';
import { toRange, toTextEdits, toWorkspaceEdit } from '../to-lsp';
import type { ResultsBeside } from './results-beside';

/** What would be renamed; null where nothing has a name, or one that the API gave. */
export function prepareRename(
  document: BatchDocument,
  position: Position,
): { range: Range; placeholder: string } | null {
  const symbol = symbolAt(document, position);
  if (!symbol || isFixed(symbol)) return null;
  const under = placesOf(document, symbol).find(
    ({ line, start, end }) =>
      line === position.line && start - 1 <= position.character && position.character <= end + 1,
  );
  const placeholder = symbol.kind === 'request' ? symbol.customId : symbol.name.name;
  return under ? { range: toRange(under), placeholder } : null;
}

/**
 * Renames one request, whatever others have its id, or a tool, tool use or MCP server wherever its request means it. A
 * rename that results of the file would not follow is shown before it is made. Throws a ResponseError for a name that
 * cannot be.
 */
export async function rename(
  document: BatchDocument,
  { position, newName }: RenameParams,
  { client, results }: { readonly client: ClientFeatures; readonly results: ResultsBeside },
): Promise<WorkspaceEdit | null> {
  const symbol = symbolAt(document, position);
  if (!symbol || isFixed(symbol)) return null;
  const refusal =
    symbol.kind === 'request' ? refusedId(document, symbol, newName) : refusedName(document, symbol, newName);
  if (refusal) throw new ResponseError(LSPErrorCodes.RequestFailed, refusal);
  const places = placesOf(document, symbol).filter(({ line }) => line === symbol.line);
  const edits = places.flatMap((place) => renaming(place, newName));
  // Our own client has asked before.
  const asked = client.commands ? null : await renameWarning(document, position, results);
  return toWorkspaceEdit(document, edits, client, asked ?? undefined);
}

/** What a rename here would leave behind, as a sentence; null where it leaves nothing. */
export async function renameWarning(
  document: BatchDocument,
  position: Position,
  results: ResultsBeside,
): Promise<string | null> {
  if (symbolAt(document, position)?.kind !== 'request') return null;
  const newest = await results.newest(document.uri, document.judgement?.resultsFolder);
  return newest ? `Results of this file keep the old custom_id (${path.basename(newest.path)}).` : null;
}

function renaming({ line, start, end }: SymbolPlace, newName: string) {
  return toTextEdits(line, [{ start, end, text: JSON.stringify(newName).slice(1, -1) }]);
}

function isFixed(symbol: NamedSymbol): boolean {
  return symbol.kind === 'name' && symbol.places.some(({ fixed }) => fixed);
}

const LEGAL_ID = new RegExp(CUSTOM_ID_PATTERN);

function refusedId({ file }: BatchDocument, { line }: NamedSymbol, newName: string): string | undefined {
  if (!LEGAL_ID.test(newName)) return 'A custom_id is 1 to 64 letters, digits, hyphens and underscores.';
  const other = file?.linesOfRequest(newName).find((it) => it !== line);
  return other === undefined ? undefined : `Line ${other + 1} has the custom_id "${newName}" already.`;
}

/** Another thing of this name in the request would become the same thing. */
function refusedName(
  document: BatchDocument,
  symbol: NamedSymbol & { kind: 'name' },
  newName: string,
): string | undefined {
  const { kind, name } = symbol.name;
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(newName)) {
    return `The name of a ${kind} is 1 to 128 letters, digits, hyphens and underscores.`;
  }
  const others = namesIn(document.treeAt(symbol.line));
  const isTaken = newName !== name && others.some((other) => other.kind === kind && other.name === newName);
  return isTaken ? `This request has a ${kind} "${newName}" already.` : undefined;
}
