import type { Json } from '../json';
import { isArray } from '../json';
import { listedValues, type Schema } from './schema';

/** A keyword of the schema that a value of the right type may break; `listed` is `const` or `enum`. */
export type Limit = 'listed' | 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'pattern' | 'minItems' | 'maxItems';

/** The first limit of `schema` that `value` breaks. Keywords for other types than the value's do not apply. */
export function brokenLimit(value: Json, schema: Schema): Limit | undefined {
  const listed = listedValues(schema);
  if (listed.length > 0 && !listed.some((known) => known === value)) return 'listed';
  if (typeof value === 'number') return brokenRange(value, schema);
  if (typeof value === 'string') return brokenText(value, schema);
  if (isArray(value)) return brokenCount(value, schema);
  return undefined;
}

function brokenRange(value: number, { minimum = -Infinity, maximum = Infinity }: Schema): Limit | undefined {
  if (value < minimum) return 'minimum';
  return maximum < value ? 'maximum' : undefined;
}

function brokenText(value: string, { minLength = 0, maxLength = Infinity, pattern }: Schema): Limit | undefined {
  if (0 < minLength && codePoints(value) < minLength) return 'minLength';
  if (maxLength < value.length && maxLength < codePoints(value)) return 'maxLength';
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? 'pattern' : undefined;
}

function brokenCount(items: readonly Json[], { minItems = 0, maxItems = Infinity }: Schema): Limit | undefined {
  if (items.length < minItems) return 'minItems';
  return maxItems < items.length ? 'maxItems' : undefined;
}

/** A text's length as the API counts it. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
