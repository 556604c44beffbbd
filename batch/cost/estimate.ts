import data from '../../schemas/tokens.json';
import type { Context } from '../context';
import { isArray, isObject, type JsonObject } from '../json';
import type { Model, ModelTable, Price } from './models';
import { type Range, times } from './range';
import { estimateInputTokens } from './tokens';

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

/** Estimates one request. Never throws, whatever `params` holds. */
export function estimateRequest(params: JsonObject, { models }: Context): RequestEstimate {
  const model = typeof params.model === 'string' ? models.find(params.model) : undefined;
  const inputTokens = estimateInputTokens(params, model);
  const outputTokens = estimateOutputTokens(params, model);
  const standardUsd = model ? costOf(params, model, models, inputTokens, outputTokens) : null;
  const usd = standardUsd && {
    input: times(standardUsd.input, models.batchFactor),
    output: times(standardUsd.output, models.batchFactor),
  };
  return { inputTokens, outputTokens, usd, standardUsd };
}

/** Nothing is known of an answer before it is there but its bound, and how long such answers mostly are. */
function estimateOutputTokens(params: JsonObject, model: Model | undefined): Range {
  const { max_tokens } = params;
  const usual = usualAnswer(params) + (thinks(params, model) ? data.output.thinking : 0);
  const high = typeof max_tokens === 'number' && max_tokens >= 1 ? Math.floor(max_tokens) : usual;
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

function costOf(params: JsonObject, model: Model, models: ModelTable, input: Range, output: Range): Cost | null {
  const { low, expected, high } = input;
  const prices = [low, expected, high].map((tokens) => priceAt(model, tokens));
  const [atLow, atExpected, atHigh] = prices;
  if (!atLow || !atExpected || !atHigh) return null;
  const perToken = (params.inference_geo === 'us' ? models.usInferenceFactor : 1) / 1_000_000;
  return {
    input: times(
      { low: low * atLow.input, expected: expected * atExpected.input, high: high * atHigh.input },
      perToken,
    ),
    output: times(
      {
        low: output.low * atLow.output,
        expected: output.expected * atExpected.output,
        high: output.high * atHigh.output,
      },
      perToken,
    ),
  };
}

/** The whole request costs more where its prompt is longer than the model's first tier. */
function priceAt(model: Model, promptTokens: number): Price | null {
  const above = model.price_above_prompt_tokens;
  return above && promptTokens > above.prompt_tokens ? above : model.price_usd_per_mtok;
}
