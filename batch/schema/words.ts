import type { Path } from '../finding';
import { isArray, isObject, type Json } from '../json';
import { listed, shown } from '../rules/read';
import { isUnion, listedValues, resolve, type Scalar, type Schema, tagsOf, typesOf } from './schema';

/** How many values a sentence lists before it says how many there are. */
const MOST_VALUES = 8;

const ITEMS: Readonly<Record<string, string>> = {
  messages: 'a message',
  content: 'a content block',
  system: 'a system block',
  tools: 'a tool',
};

/** The value at `path` in words that are the same for every index: `max_tokens`, `a message`, `an item of stop_sequences`. */
export function nameOf(path: Path): string {
  const [parent, last] = path.slice(-2);
  if (path.length === 0) return 'a request';
  if (path.length === 1) return String(parent);
  if (typeof last === 'string') return last;
  return ITEMS[String(parent)] ?? `an item of ${parent}`;
}

/** A path whose indices do not matter, as our tables write it: `params/messages/*`. */
export function pattern(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('/');
}

/** What a value is: `the string "1024"`, `null`, `an array`. */
export function whatIs(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  return `the ${typeof value} ${shown(value)}`;
}

/** What a schema asks for: `an integer`, `a string or an array`, `"5m" or "1h"`. */
export function whatFits(schema: Schema): string {
  const resolved = resolve(schema);
  const values = listedValues(resolved).filter((value) => value !== null);
  if (values.length > 0) return oneOf(values);
  const branches = resolved.anyOf?.filter((branch) => !typesOf(branch)?.includes('null'));
  if (branches) return listed(branches.map(whatFits), 'or');
  const types = typesOf(resolved)?.filter((type) => type !== 'null') ?? ['value'];
  return listed(types.map((type) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)), 'or');
}

/** `"5m" or "1h"`; of many values the first, and how many there are. */
export function oneOf(values: readonly Scalar[]): string {
  const texts = values.map((value) => shown(value));
  if (texts.length <= MOST_VALUES) return listed(texts, 'or');
  return `one of ${texts.slice(0, MOST_VALUES).join(', ')}, … (${texts.length} in all)`;
}

/** A schema's type in the words of a hover: `string`, `array of objects`, `"5m" | "1h"`. */
export function typeName(schema: Schema): string {
  const resolved = resolve(schema);
  const values = listedValues(resolved);
  if (values.length > 0 && values.length <= MOST_VALUES) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (resolved.anyOf) return [...new Set(resolved.anyOf.map(typeName))].join(' | ');
  if (isUnion(resolved)) {
    const tags = tagsOf(resolved);
    return tags.length <= MOST_VALUES ? `object: ${tags.map((tag) => String(tag)).join(' | ')}` : 'object';
  }
  const types = (typesOf(resolved) ?? ['any']).join(' | ');
  return resolved.items ? `array of ${plural(resolved.items)}` : types;
}

function plural(items: Schema): string {
  return (typesOf(items) ?? ['value']).map((type) => `${type}s`).join(' | ');
}
