import data from '../../schemas/tokens.json';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import type { Model, ModelTable, Price } from './models';
import { type Range, times } from './range';
import { expectedFees } from './server-tool-fees';
import { type InputParts, inputParts, inputTokens, type MoreText, type PartTokens, partTokens } from './tokens';

export type { PartTokens, Range };

/** Tokens and prices of one request. */
export interface RequestEstimate {
  readonly inputTokens: Range;
  /** What the input is made of, each part as expected. */
  readonly inputParts: PartTokens;
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
  /** What server tools cost by the call, where there are such tools: the same in a batch. */
  readonly fees?: Range;
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
  readonly fees?: Range | undefined;
}

/** Takes a request apart. Never throws, whatever `params` holds. `afterBlock` as for `inputParts`. */
export function estimateParts(
  params: JsonObject,
  models: ModelTable,
  afterBlock?: (parts: () => InputParts) => void,
): EstimateParts {
  const model = typeof params.model === 'string' ? models.find(params.model) : undefined;
  return {
    model,
    input: inputParts(params, model, model && models.calibration(model.id), afterBlock),
    maxTokens: params.max_tokens,
    usualAnswer:
      models.usualOutput(typeof params.model === 'string' ? params.model : '') ??
      usualAnswer(params) + (thinks(params, model) ? data.output.thinking : 0),
    fees: expectedFees(params),
    geoFactor: params.inference_geo === 'us' && model?.inference_geo ? models.usInferenceFactor : 1,
  };
}

/** What is marked to be cached: all that stands before the last mark, and for how long. */
export interface CachedPrefix {
  readonly tokens: Range;
  readonly ttl: '5m' | '1h';
}

/** What is not in the parts of an estimate. */
export interface EstimateMore {
  readonly text?: MoreText;
  /** In the place of the parts' own. */
  readonly maxTokens?: number | undefined;
  readonly cached?: CachedPrefix | undefined;
}

/** The estimate that the parts make, and `more` with them. */
export function estimateOf(
  parts: EstimateParts,
  models: ModelTable,
  { text, maxTokens, cached }: EstimateMore = {},
): RequestEstimate {
  const { model, input, usualAnswer, geoFactor, fees } = parts;
  const tokens = inputTokens(input, text);
  const outputTokens = estimateOutputTokens(usualAnswer, maxTokens ?? parts.maxTokens);
  const standardUsd = model
    ? costOf(model, { input: tokens, output: outputTokens, cached }, geoFactor / 1_000_000, fees)
    : null;
  const usd = standardUsd && {
    ...standardUsd,
    input: times(standardUsd.input, models.batchFactor),
    output: times(standardUsd.output, models.batchFactor),
  };
  return { inputTokens: tokens, inputParts: partTokens(input, text), outputTokens, usd, standardUsd };
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

interface Tokens {
  readonly input: Range;
  readonly output: Range;
  readonly cached: CachedPrefix | undefined;
}

/**
 * What is cached is at best read, and at worst written. Which of both it will be is a matter of the other requests and of
 * luck, so that as expected it costs what it costs without a cache.
 */
function costOf(
  model: Model,
  { input, output, cached }: Tokens,
  perToken: number,
  fees: Range | undefined,
): Cost | null {
  const atLow = priceAt(model, input.low);
  const atExpected = priceAt(model, input.expected);
  const atHigh = priceAt(model, input.high);
  if (!atLow || !atExpected || !atHigh) return null;
  const prefix = cached && cached.tokens.high >= model.cache_min_tokens ? cached : undefined;
  const saved = prefix ? Math.min(prefix.tokens.low, input.low) * (atLow.input - atLow.cache_read) : 0;
  const added = prefix ? prefix.tokens.high * (writePrice(atHigh, prefix.ttl) - atHigh.input) : 0;
  return {
    input: {
      low: (input.low * atLow.input - saved) * perToken,
      expected: input.expected * atExpected.input * perToken,
      high: (input.high * atHigh.input + added) * perToken,
    },
    output: {
      low: output.low * atLow.output * perToken,
      expected: output.expected * atExpected.output * perToken,
      high: output.high * atHigh.output * perToken,
    },
    ...(fees && { fees }),
  };
}

function writePrice(price: Price, ttl: CachedPrefix['ttl']): number {
  return ttl === '1h' ? price.cache_write_1h : price.cache_write_5m;
}

/** The whole request costs more where its prompt is longer than the model's first tier. */
function priceAt(model: Model, promptTokens: number): Price | null {
  const above = model.price_above_prompt_tokens;
  return above && promptTokens > above.prompt_tokens ? above : model.price_usd_per_mtok;
}
