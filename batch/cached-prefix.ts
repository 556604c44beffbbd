import { isArray, type JsonObject } from './json';
import { type Breakpoint, breakpoints } from './rules/read-cache';

/**
 * What requests share that are read from one another's cache: the model, and everything up to the first breakpoint, as
 * text. Undefined where nothing of a request is cached.
 */
export function sharedPrefix(params: JsonObject): string | undefined {
  const first = breakpoints(params)[0];
  return first && JSON.stringify([params.model, upTo(params, first)]);
}

/** The request as far as the cache would hold it. */
export function upTo(params: JsonObject, { path }: Breakpoint): JsonObject {
  const [, part, index, , inner] = path;
  const { tools, system, messages } = params;
  if (part === 'tools') return { tools: firstOf(tools, index) };
  if (part === 'system') return { tools, system: firstOf(system, index) };
  const kept = isArray(messages) ? messages.slice(0, Number(index)) : [];
  const cut = isArray(messages) ? messages[Number(index)] : undefined;
  const content = typeof cut === 'object' && cut !== null && 'content' in cut ? firstOf(cut.content, inner) : undefined;
  return { tools, system, messages: [...kept, { content }] };
}

function firstOf(list: JsonObject[string], last: string | number | undefined): JsonObject[string] {
  return isArray(list) ? list.slice(0, Number(last) + 1) : list;
}
