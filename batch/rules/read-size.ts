import type { Model } from '../cost/models';
import type { Range } from '../cost/range';
import { estimateInputTokens } from '../cost/tokens';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { mostImageTokens } from '../media/resolution';
import { allBlocks } from './read';

/**
 * The prompt's estimated tokens where there may be more than `tokens`; undefined where there surely are not, which is seen
 * from the lengths of its strings and spares the common case the estimate.
 */
export function promptBeyond(tokens: number, params: JsonObject, model: Model): Range | undefined {
  const media = allBlocks(params).filter(([{ type }]) => type === 'image' || type === 'document');
  const most = TOKENS_PER_CHARACTER * characters(params) + media.length * mostImageTokens(model.image_tier);
  if (most <= tokens && media.every(([{ type }]) => type === 'image')) return undefined;
  return estimateInputTokens(params, model);
}

/** UTF-16 units in all strings of a value, keys included. */
export function characters(value: Json | undefined): number {
  if (typeof value === 'string') return value.length;
  if (isArray(value)) return value.reduce<number>((sum, item) => sum + characters(item) + 1, 0);
  if (!isObject(value)) return 8;
  return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + characters(item) + 4, 0);
}

/** More than any estimate of any text comes to. */
const TOKENS_PER_CHARACTER = 1.5;
