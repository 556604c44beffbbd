import type { Model } from '../cost/models';
import type { Range } from '../cost/range';
import { estimateInputTokens } from '../cost/tokens';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { mostImageTokens } from '../media/resolution';
import { remembered } from '../remembered';
import { allBlocks } from './read';

/**
 * The prompt's estimated tokens where there may be more than `tokens`; undefined where there surely are not, which is seen
 * from the lengths of its strings and spares the common case the estimate.
 */
export function promptBeyond(tokens: number, params: JsonObject, model: Model): Range | undefined {
  const media = allBlocks(params).filter(([{ type }]) => type === 'image' || type === 'document');
  const most = TOKENS_PER_CHARACTER * charactersOf(params) + media.length * mostImageTokens(model.image_tier);
  if (most <= tokens && media.every(([{ type }]) => type === 'image')) return undefined;
  return estimateInputTokens(params, model);
}

/** UTF-16 units in all strings of a value, keys included, and a little for all else. */
export function characters(value: Json | undefined): number {
  if (typeof value === 'string') return value.length;
  let sum = 8;
  if (isArray(value)) for (const item of value) sum += characters(item);
  else if (isObject(value)) for (const key of Object.keys(value)) sum += key.length + characters(value[key]);
  return sum;
}

const charactersOf = remembered((params: JsonObject) => characters(params));

/** More than any estimate of any text comes to. */
const TOKENS_PER_CHARACTER = 1.5;
