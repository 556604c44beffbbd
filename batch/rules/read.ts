import type { Context } from '../context';
import type { Model } from '../cost/models';
import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { remembered } from '../remembered';

/** A value and its path from the line's root. */
export type Found<T = JsonObject> = readonly [value: T, path: Path];

const NONE: readonly Found[] = [];

/** The messages that are objects; the last step of a path is the message's index. */
export const messages = remembered((params: JsonObject): readonly Found[] =>
  objectsIn(params.messages, ['params', 'messages']),
);

/** The tools that are objects; the last step of a path is the tool's index. */
export const tools = remembered((params: JsonObject): readonly Found[] => objectsIn(params.tools, ['params', 'tools']));

/** The blocks of `system`; none where it is a string. */
export const systemBlocks = remembered((params: JsonObject): readonly Found[] =>
  objectsIn(params.system, ['params', 'system']),
);

/** The blocks of a message; none where its content is a string. */
export const blocks = ([{ content }, path]: Found): readonly Found[] =>
  isArray(content) ? objectsIn(content, [...path, 'content']) : NONE;

/** The blocks of every message, in order, each followed by those inside it, such as the image of a tool result. */
export const allBlocks = remembered((params: JsonObject): readonly Found[] => {
  const all: Found[] = [];
  const take = (block: Found) => {
    all.push(block);
    for (const inner of blocks(block)) take(inner);
  };
  for (const message of messages(params)) for (const block of blocks(message)) take(block);
  return all;
});

/** The types of all blocks: most rules about blocks concern few requests. */
export const blockTypes = remembered(
  (params: JsonObject): ReadonlySet<Json | undefined> => new Set(allBlocks(params).map(([{ type }]) => type)),
);

/** The items of an array that are objects; nothing where `value` is no array. */
export function objectsIn(value: Json | undefined, path: Path): readonly Found[] {
  if (!isArray(value)) return NONE;
  const found: Found[] = [];
  for (let index = 0; index < value.length; index++) {
    const item = value[index];
    if (isObject(item)) found.push([item, [...path, index]]);
  }
  return found;
}

/** The model that a request names, where it is a known one; an unknown one decides nothing. */
export function modelOf(params: JsonObject, context: Context): Model | undefined {
  return typeof params.model === 'string' ? context.models.find(params.model) : undefined;
}

/** A value as a message shows it: its JSON, cut where it grows long. */
export function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 76)}…${typeof value === 'string' ? '"' : ''}` : text;
}

/** A name as it is written; what is no string, as JSON: `String()` throws for `{"toString": ""}`. */
export function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : shown(value);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], word = 'and'): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** Messages in a row with the same role: the API reads them as one. */
export interface Turn {
  readonly role: Json | undefined;
  readonly messages: readonly Found[];
  /** Their blocks, in order; a string makes none. */
  readonly blocks: readonly Found[];
}

export const turns = remembered((params: JsonObject): readonly Turn[] => {
  const groups: Found[][] = [];
  for (const found of messages(params)) {
    const last = groups.at(-1);
    if (last && last[0]?.[0].role === found[0].role) last.push(found);
    else groups.push([found]);
  }
  return groups.map((group) => ({
    role: group[0]?.[0].role,
    messages: group,
    blocks: group.length === 1 ? blocks(group[0]!) : group.flatMap(blocks),
  }));
});

/** Whether a block is the result of a tool that ran at Anthropic's, such as a web search. */
export function isServerToolResult({ type }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('_tool_result') && type !== 'tool_result';
}

/** Whether an entry of `tools` stands for several tools, whose names the line does not say. */
export function isToolset({ type }: JsonObject): boolean {
  return typeof type === 'string' && type.includes('toolset');
}

/** The names that a tool may be called by; undefined where the line alone does not tell, as with toolsets and MCP servers. */
export function toolNames(params: JsonObject): string[] | undefined {
  const all = tools(params);
  if (all.some(([tool]) => isToolset(tool))) return undefined;
  return all.flatMap(([{ name }]) => (typeof name === 'string' ? [name] : []));
}
