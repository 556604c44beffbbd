import { isArray, isObject, type Json, type JsonObject } from '../json';

/**
 * What of a request's `params` the API takes when it counts tokens, stable and beta: the prompt without the answer's
 * bounds. `MessageCountTokensParams` of the SDK 1.11.0.
 */
const COUNTED_FIELDS: readonly string[] = [
  'model',
  'system',
  'messages',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'cache_control',
  'context_management',
  'compaction',
  'mcp_servers',
];

/** The body that has a request's input counted; null where the API would count something else than it reads in a batch. */
export function countBody(params: JsonObject): JsonObject | null {
  if (hasFarMedia(params.messages) || hasFarMedia(params.system)) return null;
  return Object.fromEntries(Object.entries(params).filter(([name]) => COUNTED_FIELDS.includes(name)));
}

/** Pictures and documents behind a URL are not fetched for a count, and those of a file id need not be the key's own. */
function hasFarMedia(value: Json | undefined): boolean {
  if (isArray(value)) return value.some(hasFarMedia);
  if (!isObject(value)) return false;
  const { type, source, content } = value;
  if (
    (type === 'image' || type === 'document') &&
    isObject(source) &&
    (source.type === 'url' || source.type === 'file')
  )
    return true;
  return hasFarMedia(content) || (isObject(source) && hasFarMedia(source.content));
}
