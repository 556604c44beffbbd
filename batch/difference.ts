import type { Path } from './finding';
import { type Node, nodeAt, parseTree, rangeOf, type TextRange } from './json-tree';

/**
 * Where in `text` the value at `path` begins to be another than in `other`: a character of a string, else the smallest value
 * that differs. The whole value where nothing does, or nothing is there.
 */
export function differenceIn(text: string, other: string, path: Path, known?: Node): TextRange {
  const tree = known ?? parseTree(text);
  const [node, otherNode] = alike(nodeAt(tree, path), nodeAt(parseTree(other), path));
  const found = node && otherNode && differing(node, otherNode, text, other);
  return found ?? rangeOf(text, { at: 'value', path }, tree);
}

/** A string stands for one block of text, alone in a list or by itself. */
function alike(one: Node | undefined, other: Node | undefined): [Node | undefined, Node | undefined] {
  if (one?.type === other?.type) return [one, other];
  return [one && textOf(one), other && textOf(other)];
}

function textOf(node: Node): Node | undefined {
  if (node.type === 'array') return node.children?.[0] && textOf(node.children[0]);
  return node.type === 'object' ? nodeAt(node, ['text']) : node;
}

function differing(one: Node, other: Node, text: string, otherText: string): TextRange | undefined {
  if (one.type !== other.type) return whole(one);
  if (one.type === 'string') return inString(one, other, text, otherText);
  if (!one.children || !other.children) return one.value === other.value ? undefined : whole(one);
  for (const [i, child] of one.children.entries()) {
    const found = other.children[i] ? differing(child, other.children[i], text, otherText) : whole(child);
    if (found) return found;
  }
  return other.children.length > one.children.length ? lastOf(one) : undefined;
}

/** Of a string that ends where the other goes on, the closing quote. */
function inString(one: Node, other: Node, text: string, otherText: string): TextRange | undefined {
  if (one.value === other.value) return undefined;
  const [a, b] = [rawOf(one, text), rawOf(other, otherText)];
  let i = 0;
  while (i < a.length - 1 && a[i] === b[i]) i++;
  // An escape is one character.
  const begun = /\\(?:u[0-9a-fA-F]{0,3})?$/.exec(a.slice(Math.max(0, i - 5), i));
  if (begun && isEscaped(a, i - begun[0].length)) i -= begun[0].length;
  return { start: one.offset + i, end: one.offset + i + 1 };
}

function rawOf({ offset, length }: Node, text: string): string {
  return text.slice(offset, offset + length);
}

/** Whether the backslash at `at` begins an escape: an even number of others stands before it. */
function isEscaped(raw: string, at: number): boolean {
  let before = 0;
  while (raw[at - 1 - before] === '\\') before++;
  return before % 2 === 0;
}

function whole({ offset, length }: Node): TextRange {
  return { start: offset, end: offset + length };
}

function lastOf({ offset, length }: Node): TextRange {
  return { start: offset + length - 1, end: offset + length };
}
