import type { Edit, TextChange } from './edit';
import type { Path } from './finding';
import { type Node, nodeAt, parseTree, propertyAt } from './json-tree';

/**
 * The smallest text changes that carry out `edits` on one line, in order and not overlapping. An edit whose place is not
 * there is left out. `remove-line` is the caller's: only it knows the terminator.
 */
export function toTextChanges(text: string, edits: readonly Edit[]): TextChange[] {
  const tree = parseTree(text);
  const spacing = spacingOf(text);
  const changes = edits.flatMap((edit) => changesFor(tree, edit, spacing));
  changes.sort((a, b) => a.start - b.start || a.end - b.end);
  const overlapping = changes.some((change, i) => i > 0 && change.start < changes[i - 1]!.end);
  return overlapping ? lastFirst(text, tree, edits) : changes;
}

/** `text` with `changes` (in order, not overlapping) made. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: inserted } of changes) {
    result += text.slice(at, start) + inserted;
    at = end;
  }
  return result + text.slice(at);
}

/**
 * Neighbours share a comma: such edits are made in turn, and said as one change of what came to differ. The last comes
 * first, so that the paths of those before it lead where they did.
 */
function lastFirst(text: string, tree: Node | undefined, edits: readonly Edit[]): TextChange[] {
  const placed = edits.flatMap((edit) => {
    const [change] = changesFor(tree, edit, SPACED);
    return change ? [{ edit, start: change.start }] : [];
  });
  const result = placed
    .reverse()
    .sort((a, b) => b.start - a.start)
    .reduce((now, { edit }) => applyChanges(now, toTextChanges(now, [edit])), text);
  let start = 0;
  while (start < text.length && text[start] === result[start]) start++;
  let tail = 0;
  while (tail < Math.min(text.length, result.length) - start && text.at(-1 - tail) === result.at(-1 - tail)) tail++;
  return [{ start, end: text.length - tail, text: result.slice(start, result.length - tail) }];
}

/** What stands between a key and its value, and between neighbours. */
interface Spacing {
  readonly colon: string;
  readonly comma: string;
}

const TIGHT: Spacing = { colon: ':', comma: ',' };
const SPACED: Spacing = { colon: ': ', comma: ', ' };

/** A line is spaced throughout or not at all. */
function spacingOf(text: string): Spacing {
  return text.includes('": ') ? SPACED : TIGHT;
}

function changesFor(tree: Node | undefined, edit: Edit, spacing: Spacing): TextChange[] {
  if (edit.op === 'wrap') return wrapping(tree, edit);
  const change = changeFor(tree, edit, spacing);
  return change ? [change] : [];
}

/** What stands there may be most of the line, and is not said again. */
function wrapping(tree: Node | undefined, { path, before, after }: Wrap): TextChange[] {
  const node = nodeAt(tree, path);
  if (!node) return [];
  const end = node.offset + node.length;
  return [
    { start: node.offset, end: node.offset, text: before },
    { start: end, end, text: after },
  ];
}

type Wrap = Extract<Edit, { readonly op: 'wrap' }>;

function changeFor(tree: Node | undefined, edit: Exclude<Edit, Wrap>, spacing: Spacing): TextChange | undefined {
  switch (edit.op) {
    case 'text':
      return edit;
    case 'replace': {
      const node = nodeAt(tree, edit.path);
      return node && { start: node.offset, end: node.offset + node.length, text: JSON.stringify(edit.value) };
    }
    case 'rename': {
      const key = property(tree, edit.path)?.children?.[0];
      return key && { start: key.offset, end: key.offset + key.length, text: JSON.stringify(edit.key) };
    }
    case 'remove':
      return removal(tree, edit.path);
    case 'insert':
      return insertion(tree, edit.path, JSON.stringify(edit.value), spacing);
    case 'remove-line':
      return undefined;
  }
}

function property(tree: Node | undefined, path: Path): Node | undefined {
  const key = path.at(-1);
  return typeof key === 'string' ? propertyAt(nodeAt(tree, path.slice(0, -1)), key) : undefined;
}

/** Takes the comma that belonged to it along: the one after it, or before it when it is the last. */
function removal(tree: Node | undefined, path: Path): TextChange | undefined {
  const member = property(tree, path) ?? nodeAt(tree, path);
  const siblings = member?.parent?.children;
  if (!member || !siblings) return undefined;
  const index = siblings.indexOf(member);
  const next = siblings[index + 1];
  if (next) return { start: member.offset, end: next.offset, text: '' };
  const previous = siblings[index - 1];
  return {
    start: previous ? previous.offset + previous.length : member.offset,
    end: member.offset + member.length,
    text: '',
  };
}

/** A property goes to the end of its object, an element before the one that has its index now; spaced as its neighbours are. */
function insertion(
  tree: Node | undefined,
  path: Path,
  json: string,
  { colon, comma }: Spacing,
): TextChange | undefined {
  const container = nodeAt(tree, path.slice(0, -1));
  const step = path.at(-1);
  if (step === undefined || container?.children === undefined) return undefined;
  if (container.type !== (typeof step === 'string' ? 'object' : 'array')) return undefined;
  const member = typeof step === 'string' ? JSON.stringify(step) + colon + json : json;
  const before = typeof step === 'number' ? container.children[step] : undefined;
  if (before) return { start: before.offset, end: before.offset, text: member + comma };
  const last = container.children.at(-1);
  const at = last ? last.offset + last.length : container.offset + 1;
  return { start: at, end: at, text: (last ? comma : '') + member };
}
