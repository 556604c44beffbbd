import type { Location, Position, TextDocuments } from 'vscode-languageserver';
import { nodeAt, parseTree } from '../../../batch/json-tree';
import { textsAt } from '../../../files/texts-at';
import { answerTextOf } from '../../../results/answer-text';
import { OUTCOME_LABELS } from '../../../results/outcome';
import type { ResultsTable, TableRow } from '../../../results/results-table';
import { codeSpan, visible } from '../../../results/visible';
import type { BatchDocument } from '../documents';
import { CUSTOM_ID } from '../symbol';
import { toLocation } from '../to-lsp';
import { pathOf, uriOf } from '../uris';
import { findRequest } from './requests';
import type { ResultsBeside } from './results-beside';

/** The `custom_id` under the cursor, in a batch file or in results. */
export function customIdAt(document: BatchDocument, { line, character }: Position): string | undefined {
  if (document.kind !== 'batch' && document.kind !== 'results') return undefined;
  const id = nodeAt(document.treeAt(line), CUSTOM_ID);
  const holds = id?.type === 'string' && id.offset <= character && character <= id.offset + id.length;
  return holds ? String(id.value) : undefined;
}

/** From a request to its rows in the results, the one that counts first; from a row to its request. */
export async function otherSide(
  document: BatchDocument,
  position: Position,
  { documents, results }: { readonly documents: TextDocuments<BatchDocument>; readonly results: ResultsBeside },
): Promise<Location[]> {
  const customId = customIdAt(document, position);
  if (customId === undefined) return [];
  if (document.kind === 'results') return requestOf(documents, results, document.uri, customId);
  const table = await results.of(document.uri, document.judgement?.resultsFolder);
  const row = table?.rows[table.indexOf(customId) ?? -1];
  if (!table || !row) return [];
  return [row, ...table.earlier(customId)].filter(({ bytes }) => bytes > 0).map((each) => placeOf(table, each));
}

/** The beginning of the answer to the request under the cursor, as text that nothing is loaded for. */
export async function answerMarkdown(
  document: BatchDocument,
  position: Position,
  results: ResultsBeside,
): Promise<string | undefined> {
  const customId = document.kind === 'batch' ? customIdAt(document, position) : undefined;
  if (customId === undefined) return undefined;
  const table = await results.of(document.uri, document.judgement?.resultsFolder);
  const row = table?.rows[table.indexOf(customId) ?? -1];
  if (!table || !row) return undefined;
  const text = visible(answerTextOf(table.valueOf(row)).slice(0, LONGEST_HOVER));
  const heading = `**${OUTCOME_LABELS[row.outcome]}**${row.stopReason ? ` · ${codeSpan(row.stopReason)}` : ''}`;
  return text === '' ? heading : `${heading}\n\n${fenced(text)}`;
}

const LONGEST_HOVER = 1000;

/** A fence is longer than any in the text, so that nothing of it becomes Markdown. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

async function requestOf(
  documents: TextDocuments<BatchDocument>,
  results: ResultsBeside,
  resultsUri: string,
  customId: string,
): Promise<Location[]> {
  const path = pathOf(resultsUri);
  const source = path === undefined ? null : await results.sourceOf(path);
  if (source === null) return [];
  const uri = uriOf(source);
  const found = await findRequest(documents, { uri, customId });
  if (!found) return [];
  const text = documents.get(uri)?.lineText(found.line) ?? (await textsAt(source, [found.line])).get(found.line) ?? '';
  return [toLocation(uri, { line: found.line, ...idIn(text) })];
}

function placeOf(table: ResultsTable, row: TableRow): Location {
  const text = table.bytesOf(row).toString('utf8');
  return toLocation(uriOf(table.paths[row.file] ?? ''), { line: row.line, ...idIn(text) });
}

/** Where the id stands in a line, so that one can go back from there; its beginning where it has none. */
function idIn(text: string): { start: number; end: number } {
  const id = nodeAt(parseTree(text), CUSTOM_ID);
  const start = (id?.offset ?? -1) + 1;
  return { start, end: start + Math.max(0, (id?.length ?? 2) - 2) };
}
