import data from '../../schemas/tokens.json';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { characterWeights, type Family } from './character-weights';
import { isMedia, mediaTokens, NO_TOKENS } from './media-tokens';
import type { Model } from './models';
import { plus, type Range } from './range';

/** What a request's input is made of. */
export interface InputParts {
  /** All that the model reads as text, in thousandths of a token. */
  readonly text: number;
  /** Tokens of the frame around messages, and of prompts that the API adds. */
  readonly frame: number;
  /** Tokens of images and documents. */
  readonly media: Range;
}

/**
 * Tokens of a request's input, from `schemas/tokens.json`: text by classes of characters, tools, images and documents,
 * and the frame around messages. A model that is not known counts as one of the newest family.
 */
export function estimateInputTokens(params: JsonObject, model: Model | undefined): Range {
  return inputTokens(inputParts(params, model));
}

export function inputParts(params: JsonObject, model: Model | undefined): InputParts {
  const family = familyOf(model);
  const media = mediaBlocks(params).reduce((total, block) => plus(total, mediaTokens(block, model)), NO_TOKENS);
  return { text: textWeight(params, family), frame: frameTokens(params, family, model), media };
}

/** `more` text is added, in thousandths of a token. */
export function inputTokens({ text, frame, media }: InputParts, more = 0): Range {
  const { low, high } = data.uncertainty;
  const tokens = (text + more) / 1000;
  return {
    low: Math.floor(tokens * low + frame + media.low),
    expected: Math.round(tokens + frame + media.expected),
    high: Math.ceil(tokens * high + frame + media.high),
  };
}

export function familyOf(model: Model | undefined): Family {
  return model?.tokenizer ?? 'new';
}

/** What a text weighs, in thousandths of a token. Linear in its length. */
export function weightOf(text: string, family: Family): number {
  const weights = characterWeights[family].ofUnit;
  let weight = 0;
  for (let i = 0; i < text.length; i++) weight += weights[text.charCodeAt(i)] ?? 0;
  return weight;
}

/** Everything that the model reads as text: system prompt, messages, tools, and the schema of the answer. */
function textWeight(params: JsonObject, family: Family): number {
  let weight = contentWeight(params.system, family);
  for (const message of objects(params.messages)) weight += contentWeight(message.content, family);
  for (const tool of objects(params.tools)) weight += jsonWeight(withoutControls(tool), family);
  const config = params.output_config;
  const format = isObject(config) ? config.format : undefined;
  return weight + (format === undefined ? 0 : jsonWeight(format, family));
}

function contentWeight(content: Json | undefined, family: Family): number {
  if (typeof content === 'string') return weightOf(content, family);
  let weight = 0;
  for (const block of objects(content)) weight += blockWeight(block, family);
  return weight;
}

/** Media are counted by what they show; every other block by its text or, where it has none, as the JSON it is. */
function blockWeight(block: JsonObject, family: Family): number {
  if (isMedia(block))
    return isObject(block.source) ? contentWeight(block.source.content ?? plainText(block.source), family) : 0;
  if (typeof block.text === 'string') return weightOf(block.text, family);
  if (block.type === 'tool_result') return contentWeight(block.content, family) + data.tool_result * 1000;
  return jsonWeight(withoutControls(block), family);
}

function plainText(source: JsonObject): Json | undefined {
  return source.type === 'text' ? source.data : undefined;
}

function jsonWeight(value: Json, family: Family): number {
  return weightOf(JSON.stringify(value), family);
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
