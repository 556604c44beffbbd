import type { CompletionItem, Position } from 'vscode-languageserver';
import type { ClientFeatures } from '../client-features';
import { keySuggestions } from '../completion/keys';
import { placeAt } from '../completion/place';
import { requestSuggestions } from '../completion/request';
import { valueSuggestions } from '../completion/values';
import type { BatchDocument } from '../documents';
import { toCompletionItem, toRange } from '../to-lsp';

/** What starts completion by itself, beside letters. */
export const TRIGGERS = ['"', ':'];

/** Keys, listed values and models at a position; a whole request on an empty line. Works in lines that are not finished. */
export function completion(
  document: BatchDocument,
  position: Position,
  { commands }: ClientFeatures,
): CompletionItem[] {
  const text = document.lineText(position.line);
  const context = document.judgement?.context;
  if (!context || !mayHoldRequests(document)) return [];
  if (text.trim() === '') {
    const all = toRange({ line: position.line, start: 0, end: text.length });
    return requestSuggestions(document.requestBefore(position.line), context).map((it) => toCompletionItem(it, all));
  }
  const place = placeAt(document, position, text, context);
  const suggestions = place.cursor.expects === 'key' ? keySuggestions(place, commands) : valueSuggestions(place);
  const range = toRange({ line: position.line, start: place.cursor.start, end: place.cursor.end });
  return suggestions.map((suggestion) => toCompletionItem(suggestion, range));
}

/** A batch file, or a document in which nothing is written yet. */
function mayHoldRequests({ file, kind, lines }: BatchDocument): boolean {
  return (
    file !== undefined || (kind === 'none' && lines.length < 100 && lines.every((line) => line.text.trim() === ''))
  );
}
