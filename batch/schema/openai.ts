import { isArray, isObject, type Json, type JsonObject } from '../json';

/** Functions without parameters say nothing of them in OpenAI's shape; here the schema is required. */
const NO_PARAMETERS = { type: 'object', properties: {} };

/** What `value` may be in our API's shape if it was written for OpenAI's; whether it fits is the caller's to see. */
export function fromOpenAi(value: Json): Json[] {
  if (value === 'required') return [{ type: 'any' }];
  if (isArray(value)) {
    const items = value.map((item) => fromOpenAi(item)[0]).filter((item) => item !== undefined);
    return items.length === value.length && items.length > 0 ? [items] : [];
  }
  if (!isObject(value)) return [];
  return [toolChoice(value), tool(value), image(value), text(value), outputFormat(value)].filter(
    (it) => it !== undefined,
  );
}

/** An assistant's message with its `tool_calls` as `tool_use` blocks; undefined where one of them cannot be read. */
export function withToolUse(message: JsonObject): Json | undefined {
  const { content, tool_calls: calls, ...rest } = message;
  if (!isArray(calls)) return undefined;
  const said: readonly Json[] = typeof content === 'string' && content !== '' ? [{ type: 'text', text: content }] : [];
  const uses = calls.map(toolUse).filter((use) => use !== undefined);
  if (uses.length < calls.length) return undefined;
  return { ...rest, content: [...(isArray(content) ? content : said), ...uses] };
}

function toolUse(call: Json): Json | undefined {
  if (!isObject(call) || !isObject(call.function)) return undefined;
  const { name, arguments: written } = call.function;
  const input = typeof written === 'string' ? parsed(written || '{}') : written;
  return input === undefined ? undefined : defined({ type: 'tool_use', id: call.id, name, input });
}

function toolChoice({ type, function: called, name }: JsonObject): Json | undefined {
  const chosen = isObject(called) && Object.keys(called).length === 1 ? called.name : name;
  return (type === 'function' || type === undefined) && chosen !== undefined
    ? { type: 'tool', name: chosen }
    : undefined;
}

function tool(value: JsonObject): Json | undefined {
  const { name, description, parameters, strict } = isObject(value.function) ? value.function : value;
  if (value.type !== 'function' && parameters === undefined) return undefined;
  return defined({ name, description, input_schema: parameters ?? NO_PARAMETERS, strict });
}

function image({ type, image_url: given }: JsonObject): Json | undefined {
  const url = isObject(given) ? given.url : given;
  if ((type !== 'image_url' && type !== 'input_image') || typeof url !== 'string') return undefined;
  const [, mediaType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  if (mediaType === undefined) return { type: 'image', source: { type: 'url', url } };
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data } };
}

function text({ type, text: said }: JsonObject): Json | undefined {
  return type === 'input_text' || type === 'output_text' ? defined({ type: 'text', text: said }) : undefined;
}

function outputFormat({ type, json_schema: format }: JsonObject): Json | undefined {
  return type === 'json_schema' && isObject(format) ? defined({ type, schema: format.schema }) : undefined;
}

/** The object without the fields that have no value. */
function defined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function parsed(written: string): Json | undefined {
  try {
    return JSON.parse(written) as Json;
  } catch {
    return undefined;
  }
}
