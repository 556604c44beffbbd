import { type Node, propertyAt } from './json-tree';

/** What lines of one template may differ in: the content of a string that no rule looks at closely. */
export type Hole =
  /** The `custom_id`. */
  | { readonly kind: 'id' }
  /** A name that is only compared with others: it is the same in all holes of its group, and stands nowhere else. */
  | { readonly kind: 'name'; readonly group: string; readonly weighs: boolean }
  /** What the model reads as text or as JSON. It counts how long it is, and that it is not blank. */
  | { readonly kind: 'text' | 'json' };

/** A string of a line with what it is to a template. */
export interface HoleAt {
  readonly node: Node;
  readonly hole: Hole;
}

/** The holes of a line, in order. */
export function holesOf(tree: Node | undefined): HoleAt[] {
  const params = valueAt(tree, 'params');
  return [
    ...holeAt(stringAt(tree, 'custom_id'), { kind: 'id' }),
    ...nameAt(stringAt(valueAt(params, 'metadata'), 'user_id'), false),
    ...holesOfPrompt(params),
  ].sort((a, b) => a.node.offset - b.node.offset);
}

/**
 * In the system prompt and the conversation. What the API caches is left as it is, for its length matters by itself, and
 * so is a begun answer at the end, whose last characters do.
 */
function holesOfPrompt(params: Node | undefined): HoleAt[] {
  const messages = itemsOf(valueAt(params, 'messages'));
  const isBegun = stringAt(messages.at(-1), 'role')?.value !== 'user';
  const contents = (isBegun ? messages.slice(0, -1) : messages).map((message) => valueAt(message, 'content'));
  const blocks = [valueAt(params, 'system'), ...contents].flatMap(blocksOf);
  const cached = blocks.findLastIndex((block) => valueAt(block, 'cache_control'));
  return blocks.slice(cached + 1).flatMap(holesOfBlock);
}

/** The blocks of a content; a string stands for itself. */
function blocksOf(content: Node | undefined): Node[] {
  return content?.type === 'string' ? [content] : itemsOf(content);
}

function holesOfBlock(block: Node): HoleAt[] {
  if (block.type === 'string') return holeAt(block, { kind: 'text' });
  const type = stringAt(block, 'type')?.value;
  const text = stringAt(block, 'text');
  if (type === 'text') return holeAt(text, { kind: 'text' });
  if (type === 'document') return holesOfSource(valueAt(block, 'source'));
  // Of a block with a text, whatever its type, nothing else weighs.
  if (text) return [];
  if (type === 'tool_use') return [...nameAt(stringAt(block, 'id'), true), ...stringsIn(valueAt(block, 'input'))];
  if (type !== 'tool_result') return [];
  const inner = blocksOf(valueAt(block, 'content')).filter((it) => it.type === 'string' || isText(it));
  return [...nameAt(stringAt(block, 'tool_use_id'), false), ...inner.flatMap(holesOfBlock)];
}

function holesOfSource(source: Node | undefined): HoleAt[] {
  const isPlain = stringAt(source, 'type')?.value === 'text' && !valueAt(source, 'content');
  return isPlain ? holeAt(stringAt(source, 'data'), { kind: 'text' }) : [];
}

/** All strings inside a value, keys apart. */
function stringsIn(value: Node | undefined): HoleAt[] {
  if (value?.type === 'string') return holeAt(value, { kind: 'json' });
  const inner = value?.type === 'object' ? value.children?.map((property) => property.children?.[1]) : itemsOf(value);
  return (inner ?? []).flatMap(stringsIn);
}

function isText(block: Node): boolean {
  return stringAt(block, 'type')?.value === 'text';
}

function nameAt(node: Node | undefined, weighs: boolean): HoleAt[] {
  return holeAt(node, { kind: 'name', group: String(node?.value), weighs });
}

function holeAt(node: Node | undefined, hole: Hole): HoleAt[] {
  return node ? [{ node, hole }] : [];
}

function itemsOf(node: Node | undefined): Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

function valueAt(node: Node | undefined, key: string): Node | undefined {
  return propertyAt(node, key)?.children?.[1];
}

function stringAt(node: Node | undefined, key: string): Node | undefined {
  const value = valueAt(node, key);
  return value?.type === 'string' ? value : undefined;
}
