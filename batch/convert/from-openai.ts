import { isArray, isObject, type Json, type JsonObject } from '../json';
import { fromOpenAi, withToolUse } from '../schema/openai';
import { type Converted, defined, type ReadOptions } from './shape';

/** What a request needs and OpenAI's may leave out. */
const MAX_TOKENS = 4096;

/** An OpenAI batch line, of chat completions or of responses, as one of ours. Source: platform.openai.com/docs/api-reference. */
export function fromOpenAiLine({ custom_id, body }: JsonObject, options: ReadOptions): Converted {
  const given = isObject(body) ? body : {};
  const lost: string[] = [];
  const params: Record<string, Json> = {};
  const set = (name: string, value: Json | undefined): void => {
    if (value !== undefined) params[name] = value;
  };
  for (const [name, value] of Object.entries(given)) {
    const read = FIELDS[name];
    if (value === undefined || value === null) continue;
    if (read) read(value, set, params);
    else if (!CONVERSATION.has(name)) lost.push(name);
    if (LOSSY[name]?.(value)) lost.push(`${name} ${JSON.stringify(value)}`);
  }
  const { system, messages } = conversation(given, lost);
  set('model', modelFor(given.model, options.model, lost));
  params.max_tokens ??= MAX_TOKENS;
  set('system', system);
  params.messages = messages;
  return { value: defined({ custom_id, params }), lost };
}

type Setter = (name: string, value: Json | undefined) => void;

/** Where each field goes. */
const FIELDS: Readonly<Record<string, (value: Json, set: Setter, params: Record<string, Json>) => void>> = {
  max_tokens: (value, set) => set('max_tokens', value),
  max_completion_tokens: (value, set) => set('max_tokens', value),
  max_output_tokens: (value, set) => set('max_tokens', value),
  temperature: (value, set) => set('temperature', value),
  top_p: (value, set) => set('top_p', value),
  stop: (value, set) => set('stop_sequences', isArray(value) ? value : [value]),
  user: (value, set) => set('metadata', { user_id: value }),
  safety_identifier: (value, set) => set('metadata', { user_id: value }),
  service_tier: (value, set) => set('service_tier', TIERS[String(value)]),
  tools: (value, set) => set('tools', isArray(value) ? value.flatMap((tool) => fromOpenAi(tool)[0] ?? []) : undefined),
  tool_choice: (value, set, params) => set('tool_choice', { ...choiceOf(value), ...parallelIn(params) }),
  parallel_tool_calls: (value, set, params) =>
    value === false &&
    set('tool_choice', { type: 'auto', ...(params.tool_choice as JsonObject), disable_parallel_tool_use: true }),
  response_format: (value, set, params) => set('output_config', withConfig(params, 'format', fromOpenAi(value)[0])),
  reasoning_effort: (value, set, params) => set('output_config', withConfig(params, 'effort', effortOf(value))),
};

/** Values of fields that carry over otherwise. */
const LOSSY: Readonly<Record<string, (value: Json) => boolean>> = {
  response_format: (value) => isObject(value) && value.type === 'json_object',
  service_tier: (value) => TIERS[String(value)] === undefined,
  reasoning_effort: (value) => effortOf(value) === undefined,
};

const CONVERSATION: ReadonlySet<string> = new Set(['model', 'messages', 'input', 'instructions']);

const TIERS: Readonly<Record<string, string>> = { auto: 'auto', default: 'standard_only' };

function effortOf(value: Json): string | undefined {
  if (value === 'minimal') return 'low';
  return ['low', 'medium', 'high', 'xhigh'].find((level) => level === value);
}

function choiceOf(value: Json): JsonObject {
  if (value === 'none' || value === 'auto') return { type: value };
  const [choice] = fromOpenAi(value);
  return isObject(choice) ? choice : { type: 'auto' };
}

function parallelIn(params: Record<string, Json>): JsonObject {
  const before = params.tool_choice;
  return isObject(before) && before.disable_parallel_tool_use ? { disable_parallel_tool_use: true } : {};
}

function withConfig(params: Record<string, Json>, name: string, value: Json | undefined): Json | undefined {
  const before = isObject(params.output_config) ? params.output_config : {};
  return value === undefined ? params.output_config : { ...before, [name]: value };
}

function modelFor(given: Json | undefined, wanted: string, lost: string[]): string {
  if (typeof given === 'string' && /^claude-/.test(given)) return given;
  if (given !== undefined) lost.push(`model ${JSON.stringify(given)}, which is ${wanted} now`);
  return wanted;
}

/** The messages, what the system says apart. */
function conversation(body: JsonObject, lost: string[]): { system: Json | undefined; messages: Json[] } {
  const given = body.messages ?? body.input;
  const list: readonly Json[] =
    typeof given === 'string' ? [{ role: 'user', content: given }] : isArray(given) ? given : [];
  const system: Json[] = typeof body.instructions === 'string' ? [body.instructions] : [];
  const messages: JsonObject[] = [];
  let results: Json[] = [];
  const flush = (): void => {
    if (results.length > 0) messages.push({ role: 'user', content: results });
    results = [];
  };
  for (const message of list.filter(isObject)) {
    const { role } = message;
    if (role === 'system' || role === 'developer') {
      system.push(contentOf(message.content, lost));
      continue;
    }
    if (role === 'tool') {
      const { tool_call_id: id, content } = message;
      results.push(defined({ type: 'tool_result', tool_use_id: id, content: contentOf(content, lost) }));
      continue;
    }
    const next =
      role === 'assistant' ? assistant(message, lost) : { role: 'user', content: contentOf(message.content, lost) };
    if (role !== 'assistant' && results.length > 0) {
      messages.push({ role: 'user', content: [...results, ...blocksOf(next.content)] });
      results = [];
    } else {
      flush();
      messages.push(next);
    }
  }
  flush();
  const [only, ...more] = system;
  return { system: more.length === 0 ? only : system.flatMap(blocksOf), messages };
}

function assistant({ content, tool_calls, refusal: _, ...rest }: JsonObject, lost: string[]): JsonObject {
  lost.push(...Object.keys(rest).filter((name) => name !== 'role'));
  const read = content === null || content === undefined ? undefined : contentOf(content, lost);
  const whole = tool_calls === undefined ? undefined : withToolUse(defined({ content: read, tool_calls }));
  if (tool_calls !== undefined && !whole) lost.push('tool_calls');
  return { role: 'assistant', content: isObject(whole) ? (whole.content ?? '') : (read ?? '') };
}

function contentOf(content: Json | undefined, lost: string[]): Json {
  if (typeof content === 'string') return content;
  return isArray(content) ? content.flatMap((part) => partOf(part, lost)) : '';
}

function partOf(part: Json, lost: string[]): Json[] {
  if (!isObject(part)) return [];
  if (part.type === 'text') return [{ type: 'text', text: part.text ?? '' }];
  if (part.type === 'file' && isObject(part.file)) return fileOf(part.file, lost);
  const [read] = fromOpenAi(part);
  if (read === undefined) lost.push(`content of type ${JSON.stringify(part.type ?? null)}`);
  return read === undefined ? [] : [read];
}

function fileOf({ file_data: data, filename }: JsonObject, lost: string[]): Json[] {
  const [, mediaType, base64] = /^data:([^;,]+);base64,(.*)$/s.exec(String(data ?? '')) ?? [];
  if (mediaType === undefined || base64 === undefined) {
    lost.push('a file that was uploaded to OpenAI');
    return [];
  }
  const title = typeof filename === 'string' && filename !== UNTITLED ? filename : undefined;
  return [defined({ type: 'document', source: { type: 'base64', media_type: mediaType, data: base64 }, title })];
}

/** OpenAI wants a name of every file. */
export const UNTITLED = 'document.pdf';

function blocksOf(content: Json | undefined): readonly Json[] {
  return isArray(content) ? content : [{ type: 'text', text: content ?? '' }];
}
