import type { Path } from '../finding';
import { isArray, isObject, type Json } from '../json';
import { listed, shown } from '../rules/read';
import { listedValues, resolve, type Scalar, type Schema, typesOf } from './schema';

/** How many values a sentence lists before it says how many there are. */
const MOST_VALUES = 8;
const FEW_VALUES = 4;

/** A longer type says less than its bare JSON types. */
const LONGEST_TYPE = 80;

const ITEMS: ReadonlyMap<unknown, string> = new Map([
  ['messages', 'a message'],
  ['content', 'a content block'],
  ['system', 'a system block'],
  ['tools', 'a tool'],
]);

/** What an array's items are called: `message`, `tool`; `item` where that is all there is to say. */
export function itemNoun(path: Path): string {
  return ITEMS.get(path.at(-1))?.replace(/^an? /, '') ?? 'item';
}

/** The value at `path` in words that are the same for every index: `max_tokens`, `a message`, `an item of stop_sequences`. */
export function nameOf(path: Path): string {
  const [parent, last] = path.slice(-2);
  if (parent === undefined) return 'a request';
  if (last === undefined) return plain(String(parent));
  if (typeof last === 'string') return plain(last);
  return ITEMS.get(parent) ?? `an item of ${plain(String(parent))}`;
}

/** The beginning of a sentence; a field's name stays as it is written. */
export function capitalised(name: string): string {
  return /^an? /.test(name) ? `A${name.slice(1)}` : name;
}

/** The name of a field as it is where that is a word, otherwise quoted, and cut where it is long. */
export function plain(name: string): string {
  return /^\w{1,64}$/.test(name) ? name : shown(name);
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
  return listed(
    types.map((type) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)),
    'or',
  );
}

/** `"5m" or "1h"`; of many values the first, and how many there are. */
export function oneOf(values: readonly Scalar[]): string {
  const texts = values.map((value) => shown(value));
  if (texts.length <= MOST_VALUES) return listed(texts, 'or');
  return `one of ${texts.length} values (${texts.slice(0, FEW_VALUES).join(', ')}, …)`;
}

/** What one of `schemas` asks for, in the words of a hover: `string`, `array of objects`, `"5m" | "1h"`. */
export function typeNames(schemas: readonly Schema[]): string {
  const names = [...new Set(schemas.flatMap(typeParts))].join(' | ');
  return names.length <= LONGEST_TYPE
    ? names
    : [...new Set(schemas.flatMap((schema) => typesOf(schema) ?? []))].join(' | ');
}

function typeParts(schema: Schema): readonly string[] {
  const { anyOf, items, ...resolved } = resolve(schema);
  if (anyOf) return anyOf.flatMap(typeParts);
  if (items) return typesOf(items)?.map((type) => `array of ${type}s`) ?? ['array'];
  const values = listedValues(resolved);
  return values.length > 0 ? values.map((value) => JSON.stringify(value)) : (typesOf(resolved) ?? ['any']);
}
