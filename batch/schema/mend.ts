import { isArray, type Json } from '../json';
import { explain } from './explain';
import { nearest } from './nearest';
import { fromOpenAi } from './openai';
import { isUnion, listedValues, resolve, type Schema } from './schema';

/** A value that fits where another did not. */
export interface Mend {
  readonly value: Json;
  /** It says the same, only in the right type; or it is one slip away. */
  readonly certain: boolean;
}

/** Longer texts are no numbers or words written as a text. */
const LONGEST_SCALAR = 40;

/** What `value` was probably meant to be where `schema` stands: the first candidate that the schema accepts. */
export function mended(value: Json, schema: Schema): Mend | undefined {
  const sure = sameInAnotherType(value).find((candidate) => fits(candidate, schema));
  if (sure !== undefined) return { value: sure, certain: true };
  const listed = typeof value === 'string' ? nearestListed(value, schema) : undefined;
  if (listed) return listed;
  const guess = [...wrapped(value), ...fromOpenAi(value), ...simplest(value, schema)].find((it) => fits(it, schema));
  return guess === undefined ? undefined : { value: guess, certain: false };
}

/** Whether the schema finds nothing wrong with `value`. */
export function fits(value: Json, schema: Schema): boolean {
  return explain(value, schema).length === 0;
}

function sameInAnotherType(value: Json): Json[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string' || LONGEST_SCALAR < value.length) return [];
  const word = value.trim().toLowerCase();
  if (word === 'true' || word === 'false') return [word === 'true'];
  return /^-?\d+(\.\d+)?$/.test(word) ? [Number(word)] : [];
}

function nearestListed(value: string, schema: Schema): Mend | undefined {
  const known = listedValues(resolve(schema)).filter((it) => typeof it === 'string');
  const found = nearest(value, known);
  return found && { value: found.name, certain: found.certain };
}

/** One where a list is wanted, a text where blocks or messages are, the name of a kind where the object is. */
function wrapped(value: Json): Json[] {
  if (value === null || isArray(value)) return [];
  const kinds =
    typeof value === 'string'
      ? [{ type: value }, [{ type: 'text', text: value }], [{ role: 'user', content: value }]]
      : [];
  return [[value], ...kinds];
}

/** The nearest number in range, a name without the characters that are not allowed, the only object there can be. */
function simplest(value: Json, schema: Schema): Json[] {
  const branches = (resolve(schema).anyOf ?? [schema]).map(resolve);
  return branches.flatMap((branch): Json[] => {
    const { minimum = -Infinity, maximum = Infinity } = branch;
    if (typeof value === 'number') return [Math.min(maximum, Math.max(minimum, value)), ...onlyObject(branch)];
    if (typeof value === 'string') return [...legalName(value, branch), ...onlyObject(branch)];
    return typeof value === 'boolean' ? onlyObject(branch) : [];
  });
}

/** Of a text that has no letter or digit, nothing would be left. */
function legalName(text: string, { pattern }: Schema): string[] {
  return pattern !== undefined && /[a-zA-Z0-9]/.test(text) ? [text.replace(/[^a-zA-Z0-9_-]+/g, '-')] : [];
}

/** `{"type": "ephemeral"}` where an object must have nothing but constants. */
function onlyObject(schema: Schema): Json[] {
  const { properties = {}, required = [] } = schema;
  if (isUnion(schema) || required.length === 0) return [];
  const constants = required.map((name) => [name, resolve(properties[name] ?? {}).const] as const);
  return constants.every(([, constant]) => constant !== undefined) ? [Object.fromEntries(constants) as Json] : [];
}
