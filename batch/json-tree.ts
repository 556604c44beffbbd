import { type Node, parseTree as parse } from 'jsonc-parser';
import type { Path, Place } from './finding';

export type { Node };

/** Half-open range of UTF-16 offsets in a line. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The tree of a line, as far as it can be read; undefined for a line without any JSON. Only for lines that are not too deep. */
export function parseTree(text: string): Node | undefined {
  return parse(text, [], { allowTrailingComma: true, disallowComments: true });
}

/** The value at `path`, or undefined. Of a repeated key the last counts, as `JSON.parse` has it. */
export function nodeAt(tree: Node | undefined, path: Path): Node | undefined {
  let node = tree;
  for (const step of path)
    node = typeof step === 'number' ? elementAt(node, step) : propertyAt(node, step)?.children?.[1];
  return node;
}

/** The property (key and value) called `key` of an object node. */
export function propertyAt(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object' || !node.children) return undefined;
  if (node.children.length > FEW_PROPERTIES) return propertiesOf(node).get(key);
  return node.children.findLast((property) => property.children?.[0]?.value === key);
}

/** Objects with more are looked into by an index, so that many places in a large one are found in linear time. */
const FEW_PROPERTIES = 32;
const INDEXES = new WeakMap<Node, ReadonlyMap<string, Node>>();

function propertiesOf(object: Node): ReadonlyMap<string, Node> {
  const known = INDEXES.get(object);
  if (known) return known;
  const index = new Map(object.children?.map((property) => [String(property.children?.[0]?.value), property]));
  INDEXES.set(object, index);
  return index;
}

/** Where `place` is in `text`, whose tree may be `known`. What is not there is found at the nearest thing around it; never fails. */
export function rangeOf(text: string, place: Place, known?: Node): TextRange {
  if (place.at === 'text') return { start: place.start, end: place.end };
  const tree = known ?? parseTree(text);
  const { path } = place;
  for (let length = path.length; length > 0; length--) {
    const inner = path.slice(0, length);
    const missingInside = length < path.length;
    const range = place.at === 'key' || missingInside ? keyRange(tree, inner) : valueRange(tree, inner);
    if (range) return range;
  }
  const root = tree ? { start: tree.offset, end: tree.offset + tree.length } : { start: 0, end: text.length };
  return place.at === 'value' && path.length === 0
    ? root
    : { start: root.start, end: Math.min(root.start + 1, root.end) };
}

/** The path of the innermost property or element that holds `offset`, and whether the offset is in its key. */
export function pathAt(tree: Node | undefined, offset: number): { path: Path; inKey: boolean; node: Node | undefined } {
  const path: (string | number)[] = [];
  let node = tree;
  while (node) {
    const child: Node | undefined = node.children?.find((it) => it.offset <= offset && offset <= it.offset + it.length);
    if (!child) break;
    if (node.type === 'array') path.push(node.children?.indexOf(child) ?? 0);
    if (child.type === 'property') {
      const [key, value] = child.children ?? [];
      path.push(String(key?.value));
      if (key && offset <= key.offset + key.length) return { path, inKey: true, node: key };
      if (!value || offset < value.offset) return { path, inKey: false, node: value };
      node = value;
    } else node = child;
  }
  return { path, inKey: false, node };
}

function elementAt(node: Node | undefined, index: number): Node | undefined {
  return node?.type === 'array' ? node.children?.[index] : undefined;
}

/** The key's range; an element has none, so its first character stands for it. */
function keyRange(tree: Node | undefined, path: Path): TextRange | undefined {
  const last = path.at(-1);
  const parent = nodeAt(tree, path.slice(0, -1));
  const node = typeof last === 'string' ? propertyAt(parent, last)?.children?.[0] : elementAt(parent, last ?? 0);
  if (!node) return undefined;
  return { start: node.offset, end: node.offset + (typeof last === 'string' ? node.length : Math.min(1, node.length)) };
}

function valueRange(tree: Node | undefined, path: Path): TextRange | undefined {
  const node = nodeAt(tree, path);
  return node && { start: node.offset, end: node.offset + node.length };
}
