import type { TextDocuments } from 'vscode-languageserver';
import { concernSentence, OUTCOME_LABELS } from '../../../results/outcome';
import { requestPlaces } from '../../../results/request-places';
import type { TableRow } from '../../../results/results-table';
import { visible } from '../../../results/visible';
import type { BatchDocument } from '../documents';
import type { ResultMark } from '../protocol/results';
import { pathOf } from '../uris';
import type { ResultsBeside } from './results-beside';

/** The requests that were not simply answered, in order: of an open document as it is now, else of the file on disk. */
export async function resultMarks(
  documents: TextDocuments<BatchDocument>,
  results: ResultsBeside,
  { uri }: { readonly uri: string },
): Promise<ResultMark[]> {
  const document = documents.get(uri);
  await document?.whenJudged;
  const table = await results.of(uri, document?.judgement?.resultsFolder);
  if (!table) return [];
  const lineOf = document?.file ? (id: string) => document.file?.lineOfRequest(id) ?? -1 : await linesOnDisk(uri);
  const marks = table.rows.flatMap((row): ResultMark[] => {
    if (row.outcome === 'answered' || row.customId === null) return [];
    const line = lineOf(row.customId);
    if (line < 0) return [];
    const column = columnBehind(document?.lineText(line) ?? '', row.customId);
    return [{ line, column, outcome: row.outcome, text: markText(row) }];
  });
  return marks.sort((a, b) => a.line - b.line);
}

async function linesOnDisk(uri: string): Promise<(customId: string) => number> {
  const path = pathOf(uri);
  const places = path === undefined ? new Map() : await requestPlaces(path);
  return (customId) => places.get(customId)?.line ?? -1;
}

/** The id is looked for as text: a tree of each of 100,000 lines would take minutes. */
function columnBehind(text: string, customId: string): number {
  const id = JSON.stringify(customId);
  const start = text.indexOf(id);
  return start < 0 ? 0 : start + id.length;
}

/** `Failed: Overloaded`, short enough to stand beside a request. */
function markText({ outcome, stopReason, fault }: TableRow): string {
  const why = fault?.message ?? (outcome === 'suspicious' ? concernSentence(stopReason) : undefined);
  return visible([OUTCOME_LABELS[outcome], why].filter(Boolean).join(': ')).slice(0, 200);
}
