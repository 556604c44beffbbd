import data from '../../schemas/tokens.json';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import type { Model, ModelTable, Price } from './models';
import { type Range, times } from './range';
import { type InputParts, inputParts, inputTokens, type MoreText } from './tokens';

export type { Range };

/** Tokens and prices of one request. */
export interface RequestEstimate {
  readonly inputTokens: Range;
  /** `high` is `max_tokens`. */
  readonly outputTokens: Range;
  /** USD in a batch; null where the model has no price here. */
  readonly usd: Cost | null;
  /** USD of the same request sent alone. */
  readonly standardUsd: Cost | null;
}

/** USD for what goes in and what comes out, kept apart: the first is nearly known, the second is a guess. */
export interface Cost {
  readonly input: Range;
  readonly output: Range;
}

/** What the estimate of a request is made of. */
export interface EstimateParts {
  readonly model: Model | undefined;
  readonly input: InputParts;
  /** `max_tokens` as written, whatever it is. */
  readonly maxTokens: Json | undefined;
  /** Tokens that such answers mostly have. */
  readonly usualAnswer: number;
  /** What a token costs more because of where it is processed. */
  readonly geoFactor: number;
}

/** Takes a request apart. Never throws, whatever `params` holds. */
export function estimateParts(params: JsonObject, models: ModelTable): EstimateParts {
  const model = typeof params.model === 'string' ? models.find(params.model) : undefined;
  return {
    model,
    input: inputParts(params, model),
    maxTokens: params.max_tokens,
    usualAnswer: usualAnswer(params) + (thinks(params, model) ? data.output.thinking : 0),
    geoFactor: params.inference_geo === 'us' ? models.usInferenceFactor : 1,
  };
}

/** The estimate that the parts make, and `more` text with them. */
export function estimateOf(
  { model, input, usualAnswer, geoFactor, ...parts }: EstimateParts,
  models: ModelTable,
  more?: MoreText,
  maxTokens = parts.maxTokens,
): RequestEstimate {
  const tokens = inputTokens(input, more);
  const outputTokens = estimateOutputTokens(usualAnswer, maxTokens);
  const standardUsd = model ? costOf(model, tokens, outputTokens, geoFactor / 1_000_000) : null;
  const usd = standardUsd && {
    input: times(standardUsd.input, models.batchFactor),
    output: times(standardUsd.output, models.batchFactor),
  };
  return { inputTokens: tokens, outputTokens, usd, standardUsd };
}

/** Nothing is known of an answer before it is there but its bound, and how long such answers mostly are. */
function estimateOutputTokens(usual: number, maxTokens: Json | undefined): Range {
  const high = typeof maxTokens === 'number' && maxTokens >= 1 ? Math.floor(maxTokens) : usual;
  return { low: Math.min(1, high), expected: Math.min(usual, high), high };
}

function usualAnswer(params: JsonObject): number {
  const config = params.output_config;
  if (isObject(config) && isObject(config.format)) return data.output.format;
  return isArray(params.tools) && params.tools.length > 0 ? data.output.tools : data.output.text;
}

function thinks({ thinking }: JsonObject, model: Model | undefined): boolean {
  if (isObject(thinking)) return thinking.type === 'enabled' || thinking.type === 'adaptive';
  return model?.thinking?.default === 'always' || model?.thinking?.default === 'on';
}

function costOf(model: Model, input: Range, output: Range, perToken: number): Cost | null {
  const atLow = priceAt(model, input.low);
  const atExpected = priceAt(model, input.expected);
  const atHigh = priceAt(model, input.high);
  if (!atLow || !atExpected || !atHigh) return null;
  return {
    input: {
      low: input.low * atLow.input * perToken,
      expected: input.expected * atExpected.input * perToken,
      high: input.high * atHigh.input * perToken,
    },
    output: {
      low: output.low * atLow.output * perToken,
      expected: output.expected * atExpected.output * perToken,
      high: output.high * atHigh.output * perToken,
    },
  };
}

/** The whole request costs more where its prompt is longer than the model's first tier. */
function priceAt(model: Model, promptTokens: number): Price | null {
  const above = model.price_above_prompt_tokens;
  return above && promptTokens > above.prompt_tokens ? above : model.price_usd_per_mtok;
}
