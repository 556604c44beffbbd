import { isArray, isObject, type Json, type JsonObject } from '../json';
import { UNTITLED } from './from-openai';
import { type Converted, defined } from './shape';

/** One of our requests as a batch line of OpenAI's chat completions. Source: platform.openai.com/docs/api-reference/batch. */
export function toOpenAiLine({ custom_id, params }: { custom_id: string; params: JsonObject }): Converted {
  const lost: string[] = [];
  const body: Record<string, Json> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || name === 'messages' || name === 'system') continue;
    const write = FIELDS[name];
    const written = write?.(value, lost);
    if (!write) lost.push(name);
    else if (isObject(value) && Object.keys(value).length === 0) lost.push(`an empty ${name}`);
    else Object.assign(body, defined(written ?? {}));
  }
  const { system, messages } = params;
  const first = system === undefined ? [] : [{ role: 'system', content: textOf(system, lost) }];
  body.messages = [...first, ...messagesOf(isArray(messages) ? messages : [], lost)];
  return { value: { custom_id, method: 'POST', url: '/v1/chat/completions', body }, lost: [...new Set(lost)] };
}

const FIELDS: Readonly<Record<string, (value: Json, lost: string[]) => JsonObject>> = {
  model: (model) => ({ model }),
  max_tokens: (max_completion_tokens) => ({ max_completion_tokens }),
  temperature: (temperature) => ({ temperature }),
  top_p: (top_p) => ({ top_p }),
  stop_sequences: (stop) => ({ stop }),
  metadata: (value) => ({ user: isObject(value) ? value.user_id : undefined }),
  service_tier: (value) => ({ service_tier: value === 'standard_only' ? 'default' : value }),
  tools: (value, lost) => ({ tools: isArray(value) ? value.flatMap((tool) => toolOf(tool, lost)) : undefined }),
  tool_choice: (value) => (isObject(value) ? choiceOf(value) : {}),
  output_config: (value, lost) => (isObject(value) ? outputOf(value, lost) : {}),
};

function choiceOf({ type, name, disable_parallel_tool_use: single }: JsonObject): JsonObject {
  const choice =
    type === 'tool' ? { type: 'function', function: defined({ name }) } : type === 'any' ? 'required' : type;
  return { tool_choice: choice, parallel_tool_calls: single ? false : undefined };
}

function outputOf({ format, effort, ...others }: JsonObject, lost: string[]): JsonObject {
  lost.push(...Object.keys(others).map((name) => `output_config.${name}`));
  if (effort === 'max') lost.push('effort "max"');
  const schema = isObject(format) ? format.schema : undefined;
  return {
    response_format:
      schema === undefined ? undefined : { type: 'json_schema', json_schema: { name: 'answer', schema } },
    reasoning_effort: effort === 'max' ? undefined : effort,
  };
}

function toolOf(tool: Json, lost: string[]): Json[] {
  if (!isObject(tool)) return [];
  const { type, name, description, input_schema: parameters, strict, ...others } = tool;
  if (type !== undefined && type !== 'custom') {
    lost.push(`the tool ${JSON.stringify(name ?? type)}, which Anthropic runs`);
    return [];
  }
  if (type === 'custom') lost.push('type of a tool');
  lost.push(...Object.keys(others).map((key) => `${key} of a tool`));
  return [{ type: 'function', function: defined({ name, description, parameters, strict }) }];
}

function messagesOf(messages: readonly Json[], lost: string[]): Json[] {
  return messages.filter(isObject).flatMap(({ role, content, ...others }, index) => {
    lost.push(...Object.keys(others).map((key) => `${key} of a message`));
    if (role === 'assistant') return [assistant(content, lost)];
    if (role !== 'user') return [{ role: 'system', content: laterSystem(content, lost) }];
    return user(content, messages[index + 1], lost);
  });
}

function laterSystem(content: Json | undefined, lost: string[]): Json {
  lost.push('the place of a system message inside the conversation');
  return textOf(content, lost);
}

/** Results of tools are messages of their own there, and come before what the user says. */
function user(content: Json | undefined, next: Json | undefined, lost: string[]): Json[] {
  if (!isArray(content)) return [{ role: 'user', content: content ?? '' }];
  const isResult = (block: Json): boolean => isObject(block) && block.type === 'tool_result';
  const results = content.filter(isResult);
  const others = content.filter((block) => !isResult(block));
  if (results.some((_, index) => !isResult(content[index] ?? null)))
    lost.push('the place of a tool result among the blocks');
  const isOpen = others.length === 0 && results.length > 0;
  if (isOpen && isObject(next) && next.role === 'user') lost.push('the border between two user messages');
  const said = results.filter(isObject).map((result) => toolMessage(result, lost));
  return others.length > 0 || results.length === 0 ? [...said, { role: 'user', content: partsOf(others, lost) }] : said;
}

function toolMessage({ type: _, tool_use_id, content, ...others }: JsonObject, lost: string[]): Json {
  lost.push(...Object.keys(others).map((key) => `${key} of a tool result`));
  if (content === undefined) lost.push('a tool result without content');
  return defined({ role: 'tool', tool_call_id: tool_use_id, content: textOf(content, lost) });
}

function assistant(content: Json | undefined, lost: string[]): Json {
  if (!isArray(content)) return { role: 'assistant', content: content ?? '' };
  const isUse = (block: Json): boolean => isObject(block) && block.type === 'tool_use';
  const uses = content.filter(isUse).filter(isObject);
  const said = content.filter((block) => !isUse(block));
  if (uses.length > 0 && content.findIndex(isUse) < said.length) lost.push('the place of a tool use among the blocks');
  const text = said.length > 0 || uses.length === 0 ? textOf(said, lost) : null;
  return defined({
    role: 'assistant',
    content: text,
    tool_calls: uses.length > 0 ? uses.map((use) => callOf(use, lost)) : undefined,
  });
}

function callOf({ type: _, id, name, input, ...others }: JsonObject, lost: string[]): Json {
  lost.push(...Object.keys(others).map((key) => `${key} of a tool use`));
  return defined({ id, type: 'function', function: defined({ name, arguments: JSON.stringify(input ?? {}) }) });
}

/** A text, or the text blocks of a list; what else is in it has no place. */
function textOf(content: Json | undefined, lost: string[]): Json {
  if (!isArray(content)) return content ?? '';
  return content.filter(isObject).flatMap((block): Json[] => {
    if (block.type === 'text') return [textPart(block, lost)];
    lost.push(`content of type ${JSON.stringify(block.type ?? null)}`);
    return [];
  });
}

function partsOf(blocks: readonly Json[], lost: string[]): Json[] {
  return blocks.filter(isObject).flatMap((block): Json[] => {
    const part = block.type === 'text' ? textPart(block, lost) : mediaPart(block, lost);
    if (part === undefined) lost.push(`content of type ${JSON.stringify(block.type ?? null)}`);
    return part === undefined ? [] : [part];
  });
}

function textPart({ type, text, ...others }: JsonObject, lost: string[]): JsonObject {
  lost.push(...Object.keys(others).map((key) => `${key} of a text`));
  return defined({ type, text });
}

function mediaPart({ type, source, title, ...others }: JsonObject, lost: string[]): JsonObject | undefined {
  if (!isObject(source) || (type !== 'image' && type !== 'document')) return undefined;
  const { type: kind, media_type: mediaType, data, url } = source;
  const address = kind === 'base64' ? `data:${mediaType};base64,${data}` : type === 'image' ? url : undefined;
  if (typeof address !== 'string') return undefined;
  lost.push(...Object.keys(others).map((key) => `${key} of ${type === 'image' ? 'an image' : 'a document'}`));
  if (type === 'image') return { type: 'image_url', image_url: { url: address } };
  return { type: 'file', file: { filename: title ?? UNTITLED, file_data: address } };
}
