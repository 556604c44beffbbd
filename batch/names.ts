import type { Path } from './finding';
import { isObject, type Json, valueAt } from './json';
import { type Node, nodeAt } from './json-tree';

/** What has a name in a request, by which other places of it refer to it. */
export type NameKind = 'tool' | 'tool use' | 'MCP server';

/** One place of a request where such a name stands. */
export interface NameAt {
  readonly kind: NameKind;
  readonly name: string;
  /** The string with its quotes. */
  readonly node: Node;
  /** Here it gets its name; elsewhere it is meant by it. */
  readonly defines: boolean;
  /** The API gave it, as those of its own tools: it cannot be another. */
  readonly fixed: boolean;
}

/** The names of tools, tool uses and MCP servers in the tree of a request line, in the order in which they stand. */
export function namesIn(tree: Node | undefined): NameAt[] {
  const params = nodeAt(tree, ['params']);
  const names = [
    ...itemsAt(params, 'tools').flatMap(toolNames),
    ...nameAt(params, ['tool_choice', 'name'], 'tool'),
    ...itemsAt(params, 'mcp_servers').flatMap((server) => nameAt(server, ['name'], 'MCP server', 'defines')),
    ...itemsAt(nodeAt(params, ['context_management']), 'edits').flatMap((edit) =>
      itemsAt(edit, 'exclude_tools').flatMap((item) => nameAt(item, [], 'tool')),
    ),
    ...itemsAt(params, 'messages').flatMap((message) => blockNames(nodeAt(message, ['content']))),
  ];
  return names.sort((a, b) => a.node.offset - b.node.offset);
}

/** The name that stands at a UTF-16 offset of the line. */
export function nameUnder(names: readonly NameAt[], offset: number): NameAt | undefined {
  return names.find(({ node }) => node.offset <= offset && offset <= node.offset + node.length);
}

/** All places of the thing that a name stands for. */
export function sameName(names: readonly NameAt[], { kind, name }: NameAt): NameAt[] {
  return names.filter((other) => other.kind === kind && other.name === name);
}

function toolNames(tool: Node): NameAt[] {
  const type = textAt(tool, 'type');
  const isOwn = type === undefined || type === 'custom';
  return [
    ...nameAt(tool, ['name'], 'tool', isOwn ? 'defines' : 'fixed'),
    ...nameAt(tool, ['mcp_server_name'], 'MCP server'),
  ];
}

/** Of a content block, a list of them, and the blocks inside them; what a tool is given is the tool's own business. */
function blockNames(node: Node | undefined): NameAt[] {
  if (node?.type === 'array') return (node.children ?? []).flatMap(blockNames);
  if (node?.type !== 'object') return [];
  const type = textAt(node, 'type') ?? '';
  const own = BLOCK_NAMES.filter(({ of }) => of.test(type)).flatMap(({ key, kind, as }) =>
    nameAt(node, [key], kind, as),
  );
  return [...own, ...INNER_BLOCKS.flatMap((key) => blockNames(nodeAt(node, [key]))), ...definitionIn(node)];
}

/** A tool that joins in the middle of the conversation. */
function definitionIn(block: Node): NameAt[] {
  const definition = nodeAt(block, ['definition']);
  return definition ? toolNames(definition) : [];
}

const ANY = /^/;

/** Which keys of which blocks hold names. */
const BLOCK_NAMES: readonly { of: RegExp; key: string; kind: NameKind; as?: 'defines' }[] = [
  { of: /tool_use$/, key: 'id', kind: 'tool use', as: 'defines' },
  { of: /^(server_)?tool_use$/, key: 'name', kind: 'tool' },
  { of: /^mcp_tool/, key: 'server_name', kind: 'MCP server' },
  { of: ANY, key: 'tool_use_id', kind: 'tool use' },
  { of: /^code_execution/, key: 'tool_id', kind: 'tool use' },
  { of: /^tool_reference$/, key: 'tool_name', kind: 'tool' },
  { of: /^tool_reference$/, key: 'name', kind: 'tool' },
];

const INNER_BLOCKS = ['content', 'caller', 'tool', 'tool_references'];

function nameAt(
  from: Node | undefined,
  path: readonly string[],
  kind: NameKind,
  as: 'uses' | 'defines' | 'fixed' = 'uses',
): NameAt[] {
  const node = nodeAt(from, path);
  if (node?.type !== 'string') return [];
  return [{ kind, name: String(node.value), node, defines: as !== 'uses', fixed: as === 'fixed' }];
}

function textAt(node: Node, key: string): string | undefined {
  const value = nodeAt(node, [key]);
  return value?.type === 'string' ? String(value.value) : undefined;
}

function itemsAt(node: Node | undefined, key: string): Node[] {
  const list = nodeAt(node, [key]);
  return list?.type === 'array' ? (list.children ?? []) : [];
}

/** What kind of name is meant at `path` of the line `value`, where one of the request is to be chosen; undefined anywhere else. */
export function meantAt(path: Path, value: Json | undefined): NameKind | undefined {
  const key = path.at(-1);
  if (path.join('/') === 'params/tool_choice/name') return 'tool';
  if (path[1] === 'tools') return key === 'mcp_server_name' ? 'MCP server' : undefined;
  const block = valueAt(value, path.slice(0, -1));
  if (path[1] !== 'messages' || !isObject(block)) return undefined;
  const type = String(block.type ?? '');
  return BLOCK_NAMES.find(({ of, key: own, as }) => own === key && !as && of.test(type))?.kind;
}
