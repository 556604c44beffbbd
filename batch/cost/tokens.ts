import data from '../../schemas/tokens.json';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { type Calibration, calibratedTokens } from './calibration';
import { countInput, type Frame, type InputCounts, isServerTool, type Part } from './input-counts';
import { isMedia, mediaTokens, NO_TOKENS } from './media-tokens';
import { familyOf, type Model } from './models';
import { isSure, plus, type Range } from './range';
import { type Family, textWeights } from './text-weights';

/** What a request's input is made of. All weights are whole numbers, so that their sums do not depend on the order. */
export interface InputParts {
  /** What each part weighs, frames and the API's own prompts included, in thousandths of a token. */
  readonly weight: Readonly<Record<Part, number>>;
  /** As much of it as is text, of which the count is only nearly known. */
  readonly text: number;
  /** As much of the text as lies beyond ASCII, of which less is known. */
  readonly foreign: number;
  /** Tokens of images and documents. */
  readonly media: Range;
  /** What the API counted of the same file and model. */
  readonly calibration: Calibration | undefined;
}

/**
 * Tokens of a request's input, from `schemas/tokens.json`. A model that is not known counts as one of the newest family.
 */
export function estimateInputTokens(params: JsonObject, model: Model | undefined): Range {
  return inputTokens(inputParts(params, model));
}

/**
 * Takes the input apart; with a `calibration`, its tokens are what the API would count. `afterBlock` gets the parts of all
 * that stands up to the end of the tools, and of each block after them.
 */
export function inputParts(
  params: JsonObject,
  model: Model | undefined,
  calibration?: Calibration,
  afterBlock?: (parts: () => InputParts) => void,
): InputParts {
  const weights = textWeights[familyOf(model)];
  let media = NO_TOKENS;
  const counts = countInput(params, weights, (block, sofar) => {
    for (const each of mediaIn(block)) media = plus(media, mediaTokens(each, model));
    afterBlock?.(() => ({ ...partsFrom(sofar(), params, model), media, calibration }));
  });
  return { ...partsFrom(counts, params, model), media, calibration };
}

function partsFrom(
  { text, schema, foreign, frames }: InputCounts,
  params: JsonObject,
  model: Model | undefined,
): Omit<InputParts, 'media' | 'calibration'> {
  const family = familyOf(model);
  const { rendered } = data.families[family];
  const ofSchema = Math.round(schema * rendered.schema);
  const ofTools = Math.round(text.tools * rendered.tools);
  return {
    weight: {
      system: text.system + ofSchema + frameWeight(frames, SYSTEM_FRAMES, family),
      tools: ofTools + 1000 * (toolPromptTokens(params, model) + serverToolTokens(params, family)),
      messages: text.messages + frameWeight(frames, MESSAGE_FRAMES, family),
    },
    text: text.system + ofSchema + ofTools + text.messages,
    foreign,
  };
}

/** What more text weighs, in thousandths of a token. */
export interface MoreText {
  readonly weight: number;
  /** What the API puts around it in messages. */
  readonly frames: number;
  /** As much of it as lies beyond ASCII. */
  readonly foreign: number;
  /** As much of it as is in the system prompt. */
  readonly system: number;
}

/** Tokens, as far as they are known. */
export function inputTokens(
  { weight, text, foreign, media, calibration }: InputParts,
  more: MoreText = NO_MORE,
): Range {
  const all = weight.system + weight.tools + weight.messages + more.weight + more.frames;
  if (calibration) return calibratedTokens(all / 1000, media, calibration);
  const ofText = text + more.weight;
  const ofForeign = foreign + more.foreign;
  const unsure = (side: 'low' | 'high') =>
    data.uncertainty.tokens[side] * 1000 +
    data.uncertainty.ascii[side] * (ofText - ofForeign) +
    data.uncertainty.foreign[side] * ofForeign +
    data.uncertainty.frames[side] * (all - ofText);
  return {
    low: Math.max(1, Math.floor((all - unsure('low')) / 1000 + media.low)),
    expected: Math.round(all / 1000 + media.expected),
    high: Math.ceil((all + unsure('high')) / 1000 + media.high),
  };
}

/** Tokens by part, as expected. */
export interface PartTokens extends Readonly<Record<Part, number>> {
  readonly media: number;
}

export function partTokens({ weight, media, calibration }: InputParts, more: MoreText = NO_MORE): PartTokens {
  const perToken = 1000 / (calibration?.text ?? 1);
  return {
    system: (weight.system + more.system) / perToken,
    tools: weight.tools / perToken,
    messages: (weight.messages + more.weight - more.system + more.frames) / perToken,
    media: media.expected * (isSure(media) ? 1 : (calibration?.media ?? 1)),
  };
}

export const NO_MORE: MoreText = { weight: 0, frames: 0, foreign: 0, system: 0 };

/** What the API tells the model before the conversation begins … */
const SYSTEM_FRAMES: readonly Frame[] = ['thinking', 'adaptive', 'format', 'citations'];
/** … and what it puts around the parts of the conversation. */
const MESSAGE_FRAMES: readonly Frame[] = [
  'request',
  'message',
  'tool_use',
  'argument',
  'tool_result',
  'image',
  'document',
];

function frameWeight(counts: InputCounts['frames'], names: readonly Frame[], family: Family): number {
  const { frames } = data.families[family];
  return Math.round(1000 * names.reduce((sum, name) => sum + counts[name] * frames[name], 0));
}

/** The prompt that the API puts before tools; longer where a tool is forced. */
function toolPromptTokens({ tools, tool_choice }: JsonObject, model: Model | undefined): number {
  if (objects(tools).length === 0) return 0;
  const choice = isObject(tool_choice) ? tool_choice.type : 'auto';
  const prompt = model?.tool_prompt_tokens;
  if (!prompt) return data.tool_prompt;
  return choice === 'any' || choice === 'tool' ? (prompt.forced ?? prompt.auto) : prompt.auto;
}

/** What the API says of the tools that it runs or defines itself. */
function serverToolTokens({ tools }: JsonObject, family: Family): number {
  return objects(tools)
    .filter(isServerTool)
    .reduce((sum, { type }) => sum + tokensOfServerTool(String(type), family), 0);
}

function tokensOfServerTool(type: string, family: Family): number {
  return data.server_tools.find(({ begins }) => type.startsWith(begins))?.[family] ?? 0;
}

function objects(value: Json | undefined): JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

/** The images and documents of a block: itself, or what is in the result of a tool. */
function mediaIn(block: Json | undefined): JsonObject[] {
  if (!isObject(block)) return [];
  return (block.type === 'tool_result' ? objects(block.content) : [block]).filter(isMedia);
}
