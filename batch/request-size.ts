import { upTo } from './cached-prefix';
import { type Beginnings, beginningsOf, isLongPrompt } from './cost/cache-prefixes';
import { type EstimateParts, estimateOf, estimateParts, type RequestEstimate } from './cost/estimate';
import { blocksOf } from './cost/input-counts';
import type { ModelTable } from './cost/models';
import { type InputParts, inputParts, inputTokens, type MoreText, NO_MORE } from './cost/tokens';
import type { Path } from './finding';
import type { JsonObject } from './json';
import { type Breakpoint, breakpoints } from './rules/read-cache';
import type { RequestSize } from './rules/rule';

/** What the size of a request is made of. */
export interface SizeParts {
  readonly modelName: string;
  readonly estimate: EstimateParts;
  /** Where the last cache breakpoint is, and what stands before it. */
  readonly beginnings: Beginnings | undefined;
  readonly cached: { readonly path: Path; readonly prefix: InputParts; readonly ttl: Breakpoint['ttl'] } | undefined;
}

/** What a line has that its template has not: text in all and before the breakpoint, and `max_tokens`. */
export interface Addition {
  readonly text: MoreText;
  readonly cachedText: MoreText;
  readonly maxTokens: number | undefined;
}

export const NO_ADDITION: Addition = { text: NO_MORE, cachedText: NO_MORE, maxTokens: undefined };

/** Takes a request apart. Never throws, whatever `params` holds. */
export function sizeParts(params: JsonObject, models: ModelTable): SizeParts {
  const model = typeof params.model === 'string' ? models.find(params.model) : undefined;
  const inputs: InputParts[] = [];
  // The tools, and the blocks of the system prompt.
  const blocks = model ? 1 + blocksOf(params.system).length : 0;
  const estimate = estimateParts(params, models, (parts) => {
    if (inputs.length < blocks) inputs.push(parts());
  });
  const last = estimate.model && breakpoints(params).at(-1);
  return {
    modelName: typeof params.model === 'string' ? params.model : '',
    estimate,
    beginnings: model && beginningsOf(params, model, inputs),
    cached: last && {
      path: last.path,
      prefix: inputParts(upTo(params, last), estimate.model, estimate.input.calibration),
      ttl: last.ttl,
    },
  };
}

/** The estimate of a request, and what the rules about sizes look at: nothing where its model is not known. */
export function sized(
  { modelName, estimate: parts, cached }: SizeParts,
  models: ModelTable,
  { text, cachedText, maxTokens }: Addition,
): { readonly estimate: RequestEstimate; readonly size: RequestSize | undefined } {
  const prefix = cached && inputTokens(cached.prefix, cachedText);
  const marked = prefix && { tokens: prefix, ttl: cached.ttl };
  const estimate = estimateOf(parts, models, { text, maxTokens, cached: marked });
  const { model } = parts;
  if (!model) return { estimate, size: undefined };
  const asked = maxTokens ?? (typeof parts.maxTokens === 'number' ? Math.max(0, parts.maxTokens) : 0);
  return {
    estimate,
    size: {
      model,
      modelName,
      maxTokens: asked,
      prompt: estimate.inputTokens,
      shortPrefix: prefix && prefix.high < model.cache_min_tokens ? cached.path : undefined,
    },
  };
}

/** Whether the whole request is priced as one above the model's first tier. */
export function isLong({ estimate: { model } }: SizeParts, { inputTokens }: RequestEstimate): boolean {
  return model !== undefined && isLongPrompt(model, inputTokens.expected);
}
