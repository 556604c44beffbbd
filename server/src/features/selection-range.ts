import type { Position, SelectionRange } from 'vscode-languageserver';
import type { Node } from '../../../batch/json-tree';
import type { BatchDocument } from '../documents';
import { toSelectionRange } from '../to-lsp';

/** What grows around the cursor: the text of a string, the string, its property, the object around it, …, the line. */
export function selectionRanges(document: BatchDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map(({ line, character }) => {
    const ranges = [{ start: 0, end: document.lineText(line).length }];
    for (let node = document.treeAt(line); node; node = childAt(node, character)) {
      ranges.push(...rangesOf(node, character));
    }
    return toSelectionRange(line, ranges);
  });
}

function childAt({ children }: Node, at: number): Node | undefined {
  return children?.find(({ offset, length }) => offset <= at && at <= offset + length);
}

/** Of a string, an array or an object also what is between its marks. */
function rangesOf({ type, offset: start, length, children }: Node, at: number): { start: number; end: number }[] {
  const end = start + length;
  const hasMarks = type === 'string' || (type !== 'property' && children !== undefined);
  const isInside = hasMarks && start < at && at < end;
  return [{ start, end }, ...(isInside ? [{ start: start + 1, end: end - 1 }] : [])];
}
