import type { Family } from './cost/text-weights';
import type { Path } from './finding';
import { type Node, propertyAt } from './json-tree';

/** What lines of one template may differ in: a string or a number that no rule looks at closely. */
export type Hole =
  /** The `custom_id`. */
  | { readonly kind: 'id' }
  /** A name that is only compared with others: the same as in the `first` hole that has it, and in no other. */
  | { readonly kind: 'name'; readonly first: number }
  /** A short string that no rule looks at. */
  | { readonly kind: 'label'; readonly family: Family }
  /** What proves that a thinking block is the API's own. */
  | { readonly kind: 'signature' }
  /** What the model reads, a string or a number: it counts how much it weighs, and that it is not blank. */
  | { readonly kind: 'text' | 'figure'; readonly family: Family }
  /** A setting, from `least` to `most`. */
  | { readonly kind: 'setting'; readonly isWhole: boolean; readonly least: number; readonly most: number };

/** A value of a line with what it is to a template. */
export interface HoleAt {
  readonly node: Node;
  readonly hole: Hole;
  /** Whether what it holds is part of the prompt, of what stands before its last cache breakpoint, of the system prompt. */
  readonly weighs: boolean;
  readonly isCached: boolean;
  readonly isSystem: boolean;
  /** Of a setting. */
  readonly field?: SettingField;
}

/** Settings that requests of one batch differ in. `temperature` only where it stands alone: rules look at some together. */
export type SettingField = 'max_tokens' | 'temperature';

/** The holes of a line, in order. `cachedUpTo` is the bearer of the last cache breakpoint. */
export function holesOf(tree: Node | undefined, family: Family, cachedUpTo: Path | undefined): HoleAt[] {
  const params = valueAt(tree, 'params');
  const turn = turnOf(itemsOf(valueAt(params, 'messages')));
  const found = [
    ...hole(stringAt(tree, 'custom_id'), { kind: 'id' }),
    ...hole(stringAt(valueAt(params, 'metadata'), 'user_id'), { kind: 'label', family }),
    ...settings(params),
    ...promptParts(params).flatMap(({ node, path }) => {
      const isCached = isBefore(path, cachedUpTo);
      const isSystem = path[1] === 'system';
      const inTurn = !isSystem && Number(path[2]) > turn;
      return holesOfBlock(node, family, inTurn).map((each) => ({ ...each, isCached, isSystem }));
    }),
  ];
  return withFirsts(found.sort((a, b) => a.node.offset - b.node.offset));
}

function settings(params: Node | undefined): HoleAt[] {
  const others = ['top_p', 'top_k'].some((name) => valueAt(params, name));
  const fields: SettingField[] = others ? ['max_tokens'] : ['max_tokens', 'temperature'];
  return fields.flatMap((field) => {
    const node = valueAt(params, field);
    const value = Number(node?.value);
    const isWhole = field === 'max_tokens';
    const made = node?.type === 'number' ? hole(node, { kind: 'setting', isWhole, least: value, most: value }) : [];
    return made.map((each) => ({ ...each, field }));
  });
}

/** A block of the prompt, or a whole content that is a string. */
interface PromptPart {
  readonly node: Node;
  readonly path: Path;
}

/** The system prompt and the conversation, but for a begun answer at its end, whose last characters matter. */
function promptParts(params: Node | undefined): PromptPart[] {
  const messages = itemsOf(valueAt(params, 'messages'));
  const isBegun = stringAt(messages.at(-1), 'role')?.value !== 'user';
  const read = isBegun ? messages.slice(0, -1) : messages;
  return [
    ...partsOf(valueAt(params, 'system'), ['params', 'system']),
    ...read.flatMap((message, i) => partsOf(valueAt(message, 'content'), ['params', 'messages', i, 'content'])),
  ];
}

function partsOf(content: Node | undefined, path: Path): PromptPart[] {
  if (content?.type === 'string') return [{ node: content, path }];
  return itemsOf(content).map((node, i) => ({ node, path: [...path, i] }));
}

/** Whether what stands at `path` is sent before the end of what stands at `end`, or is in there. */
function isBefore(path: Path, end: Path | undefined): boolean {
  if (!end || end[1] === 'tools') return false;
  if (path[1] !== end[1]) return path[1] === 'system';
  if (Number(path[2]) !== Number(end[2])) return Number(path[2]) < Number(end[2]);
  return Number(path[4] ?? 0) <= Number(end[4] ?? 0);
}

function holesOfBlock(block: Node, family: Family, inTurn: boolean): HoleAt[] {
  const text = (node: Node | undefined) => hole(node, { kind: 'text', family }, true);
  if (block.type === 'string') return text(block);
  const type = stringAt(block, 'type')?.value;
  if (type === 'text') return text(stringAt(block, 'text'));
  if (type === 'document') return [...text(plainSource(block)), ...labels(block, ['title', 'context'], family)];
  // Of a block with a text, whatever its type, nothing else weighs.
  if (valueAt(block, 'text')) return [];
  if (type === 'tool_use') return [...name(stringAt(block, 'id')), ...valuesIn(valueAt(block, 'input'), family)];
  if (type === 'thinking')
    return [
      ...hole(stringAt(block, 'thinking'), { kind: 'text', family }, inTurn),
      ...hole(stringAt(block, 'signature'), { kind: 'signature' }),
    ];
  if (type !== 'tool_result') return [];
  const content = partsOf(valueAt(block, 'content'), []).map(({ node }) => node);
  const inner = content.filter((it) => it.type === 'string' || stringAt(it, 'type')?.value === 'text');
  return [...name(stringAt(block, 'tool_use_id')), ...inner.flatMap((it) => holesOfBlock(it, family, inTurn))];
}

function plainSource(block: Node): Node | undefined {
  const source = valueAt(block, 'source');
  const isPlain = stringAt(source, 'type')?.value === 'text' && !valueAt(source, 'content');
  return isPlain ? stringAt(source, 'data') : undefined;
}

function labels(block: Node, fields: readonly string[], family: Family): HoleAt[] {
  return fields.flatMap((field) => hole(stringAt(block, field), { kind: 'label', family }, true));
}

/** All strings and numbers inside a value, keys apart. */
function valuesIn(value: Node | undefined, family: Family): HoleAt[] {
  if (value?.type === 'string') return hole(value, { kind: 'text', family }, true);
  if (value?.type === 'number') return hole(value, { kind: 'figure', family }, true);
  const inner = value?.type === 'object' ? value.children?.map((property) => property.children?.[1]) : itemsOf(value);
  return (inner ?? []).flatMap((each) => valuesIn(each, family));
}

/** The position of the message that began the turn: the last from people that holds no result of a tool. */
function turnOf(messages: readonly Node[]): number {
  return messages.findLastIndex((message) => {
    const blocks = itemsOf(valueAt(message, 'content'));
    const isResult = (block: Node) => stringAt(block, 'type')?.value === 'tool_result';
    return stringAt(message, 'role')?.value === 'user' && !blocks.some(isResult);
  });
}

function name(node: Node | undefined): HoleAt[] {
  return hole(node, { kind: 'name', first: 0 });
}

/** Names know the first hole that holds the same. */
function withFirsts(holes: readonly HoleAt[]): HoleAt[] {
  return holes.map((each) => {
    if (each.hole.kind !== 'name') return each;
    const first = holes.findIndex(({ hole, node }) => hole.kind === 'name' && node.value === each.node.value);
    return { ...each, hole: { ...each.hole, first } };
  });
}

function hole(node: Node | undefined, hole: Hole, weighs = false): HoleAt[] {
  return node ? [{ node, hole, weighs, isCached: false, isSystem: false }] : [];
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
