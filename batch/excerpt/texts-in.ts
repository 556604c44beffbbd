import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';

/** A text of a request that people write and read as one. */
export interface TextInRequest {
  readonly path: Path;
  /** What it is, such as `System prompt`, `Message 3 (user), block 2`, `Tool get_weather`. */
  readonly name: string;
  readonly text: string;
}

/** The texts of a request line, in the order of a conversation: system prompt, messages, tools. */
export function textsIn(line: Json | undefined): TextInRequest[] {
  const params = isObject(line) && isObject(line.params) ? line.params : {};
  const messages = entriesOf(params.messages).flatMap(([message, i]) =>
    contentTexts(message.content, ['params', 'messages', i, 'content'], `Message ${i + 1} (${String(message.role)})`),
  );
  const tools = entriesOf(params.tools).flatMap(([{ name, description }, i]) =>
    typeof description === 'string'
      ? [{ path: ['params', 'tools', i, 'description'], name: `Tool ${String(name)}`, text: description }]
      : [],
  );
  return [...contentTexts(params.system, ['params', 'system'], 'System prompt'), ...messages, ...tools];
}

/** Of a string, or of blocks: their text, and that of what tools returned and of documents made of text. */
function contentTexts(content: Json | undefined, path: Path, name: string): TextInRequest[] {
  if (typeof content === 'string') return [{ path, name, text: content }];
  const blocks = entriesOf(content);
  return blocks.flatMap(([block, i]) => {
    const own = blocks.length > 1 ? `${name}, block ${i + 1}` : name;
    return blockTexts(block, [...path, i], own);
  });
}

function blockTexts({ type, text, content, source }: JsonObject, path: Path, name: string): TextInRequest[] {
  if (typeof text === 'string') return [{ path: [...path, 'text'], name, text }];
  if (type === 'document' && isObject(source) && source.type === 'text' && typeof source.data === 'string')
    return [{ path: [...path, 'source', 'data'], name: `${name}, document`, text: source.data }];
  return contentTexts(content, [...path, 'content'], name);
}

function entriesOf(value: Json | undefined): [JsonObject, number][] {
  if (!isArray(value)) return [];
  return value.flatMap((item, i): [JsonObject, number][] => (isObject(item) ? [[item, i]] : []));
}
