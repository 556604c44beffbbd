import data from '../../schemas/tokens.json';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { isMedia, mediaTokens, NO_TOKENS } from './media-tokens';
import type { Model } from './models';
import { plus, type Range } from './range';

type Family = keyof typeof data.families;

/**
 * Tokens of a request's input, from `schemas/tokens.json`: text by classes of characters, tools, images and documents,
 * and the frame around messages. A model that is not known counts as one of the newest family.
 */
export function estimateInputTokens(params: JsonObject, model: Model | undefined): Range {
  const family = model?.tokenizer ?? 'new';
  const text = textTokens(params, family);
  const media = mediaBlocks(params).reduce((total, block) => plus(total, mediaTokens(block, model)), NO_TOKENS);
  const fixed = frameTokens(params, family, model);
  const { low, high } = data.uncertainty;
  return {
    low: Math.floor(text * low + fixed + media.low),
    expected: Math.round(text + fixed + media.expected),
    high: Math.ceil(text * high + fixed + media.high),
  };
}

/** Tokens of a text, expected. Linear in its length. */
export function countTokens(text: string, family: Family): number {
  const ascii = ASCII[family];
  const { latin, script, cjk, emoji } = data.families[family];
  let tokens = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) tokens += ascii[unit]!;
    else if (unit < 0x250) tokens += latin;
    else if (unit < 0x2000) tokens += script;
    else if (unit >= 0xd800 && unit < 0xe000) tokens += emoji / 2;
    else if (unit >= 0x2e80) tokens += cjk;
    else tokens += script;
  }
  return tokens;
}

/** Everything that the model reads as text: system prompt, messages, tools, and the schema of the answer. */
function textTokens(params: JsonObject, family: Family): number {
  let tokens = contentTokens(params.system, family);
  for (const message of objects(params.messages)) tokens += contentTokens(message.content, family);
  for (const tool of objects(params.tools)) tokens += jsonTokens(withoutControls(tool), family);
  const config = params.output_config;
  const format = isObject(config) ? config.format : undefined;
  return tokens + (format === undefined ? 0 : jsonTokens(format, family));
}

function contentTokens(content: Json | undefined, family: Family): number {
  if (typeof content === 'string') return countTokens(content, family);
  let tokens = 0;
  for (const block of objects(content)) tokens += blockTokens(block, family);
  return tokens;
}

/** Media are counted by what they show; every other block by its text or, where it has none, as the JSON it is. */
function blockTokens(block: JsonObject, family: Family): number {
  if (isMedia(block))
    return isObject(block.source) ? contentTokens(block.source.content ?? plainText(block.source), family) : 0;
  if (typeof block.text === 'string') return countTokens(block.text, family);
  if (block.type === 'tool_result') return contentTokens(block.content, family) + data.tool_result;
  return jsonTokens(withoutControls(block), family);
}

function plainText(source: JsonObject): Json | undefined {
  return source.type === 'text' ? source.data : undefined;
}

function jsonTokens(value: Json, family: Family): number {
  return countTokens(JSON.stringify(value), family);
}

/** Cache marks and signatures are for the API, not for the model. */
function withoutControls(block: JsonObject): JsonObject {
  const { cache_control: _, signature: __, ...rest } = block;
  return rest;
}

/** What the API puts around the text: frames of messages, and prompts of its own for what is asked for. */
function frameTokens(params: JsonObject, family: Family, model: Model | undefined): number {
  const { first_message, message, tool, format, thinking } = data.families[family];
  const messages = objects(params.messages).length;
  const tools = objects(params.tools).length;
  const config = params.output_config;
  return (
    first_message +
    message * Math.max(0, messages - 1) +
    (tools > 0 ? toolPromptTokens(params, model) + tool * tools : 0) +
    (isObject(config) && isObject(config.format) ? format : 0) +
    (isObject(params.thinking) && params.thinking.type !== 'disabled' ? thinking : 0)
  );
}

/** The prompt that the API puts before tools; longer where a tool is forced. */
function toolPromptTokens(params: JsonObject, model: Model | undefined): number {
  const choice = isObject(params.tool_choice) ? params.tool_choice.type : 'auto';
  const prompt = model?.tool_prompt_tokens;
  if (!prompt) return data.tool_prompt;
  return choice === 'any' || choice === 'tool' ? (prompt.forced ?? prompt.auto) : prompt.auto;
}

function objects(value: Json | undefined): JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

function mediaBlocks(params: JsonObject): JsonObject[] {
  const blocks = objects(params.messages).flatMap(({ content }) => objects(content));
  return blocks.flatMap((block) => (block.type === 'tool_result' ? objects(block.content) : [block])).filter(isMedia);
}

/** Tokens of each ASCII character. */
const ASCII = { old: asciiTable('old'), new: asciiTable('new') };

function asciiTable(family: Family): Float64Array {
  const { letter, digit, symbol, space } = data.families[family];
  return Float64Array.from({ length: 0x80 }, (_, unit) => {
    const character = String.fromCharCode(unit);
    if (/[a-zA-Z]/.test(character)) return letter;
    if (/[0-9]/.test(character)) return digit;
    return /\s/.test(character) ? space : symbol;
  });
}
