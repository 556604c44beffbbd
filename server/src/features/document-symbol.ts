import type { DocumentSymbol } from 'vscode-languageserver';
import { counted } from '../../../batch/wording';
import type { BatchDocument } from '../documents';
import { toRequestSymbol } from '../to-lsp';

/** An outline of 100,000 requests helps nobody and stalls the editor. */
export const MAX_SYMBOLS = 5000;

/** The requests by `custom_id`; where there are too many, a last symbol says how many more. */
export function documentSymbols(document: BatchDocument): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  let omitted = 0;
  let firstOmitted = 0;
  for (const [number, line] of document.lines.entries()) {
    const facts = document.factsAt(number);
    if (!facts) continue;
    if (symbols.length < MAX_SYMBOLS) {
      symbols.push(
        toRequestSymbol(facts.customId || `line ${number + 1}`, facts.model ?? '', number, line.text.length),
      );
    } else if (omitted++ === 0) firstOmitted = number;
  }
  if (omitted > 0)
    symbols.push(
      toRequestSymbol(
        `… and ${counted(omitted, 'more request').replace('more requests', 'more')}`,
        '',
        firstOmitted,
        0,
      ),
    );
  return symbols;
}
