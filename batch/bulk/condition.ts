import type { Path } from '../finding';
import { isObject, type Json, type JsonObject, valueAt } from '../json';
import { parseFieldPath } from './field-path';
import { parseFieldValue } from './field-value';

/** Which requests are meant, by what stands at a path. Plain data, that crosses processes. */
export type Condition =
  | { readonly path: Path; readonly is: 'present' | 'absent' }
  | { readonly path: Path; readonly is: 'equal' | 'different'; readonly value: Json }
  /** `pattern` is the source of a regular expression, looked for in a string, or in the JSON of anything else. */
  | { readonly path: Path; readonly is: 'matching'; readonly pattern: string };

/**
 * A condition as people write it: `model=claude-haiku-4-5`, `model!=claude-haiku-4-5`, `custom_id~^eval-`, `temperature` (it is
 * there), `!temperature` (it is not). Undefined for what is none.
 */
export function parseCondition(text: string): Condition | undefined {
  const [, not, field = '', sign, said = ''] = /^\s*(!?)\s*([^=~!]+?)\s*(?:(!?=|~)\s*(.*?))?\s*$/su.exec(text) ?? [];
  const path = parseFieldPath(field);
  if (!path || (not && sign)) return undefined;
  if (!sign) return { path, is: not ? 'absent' : 'present' };
  if (sign === '~') return isPattern(said) ? { path, is: 'matching', pattern: said } : undefined;
  return { path, is: sign === '=' ? 'equal' : 'different', value: parseFieldValue(path, said) };
}

export function isMeant(request: JsonObject, condition: Condition): boolean {
  const value = valueAt(request, condition.path);
  switch (condition.is) {
    case 'present':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'equal':
      return value !== undefined && isSame(value, condition.value);
    case 'different':
      return value === undefined || !isSame(value, condition.value);
    case 'matching':
      return value !== undefined && new RegExp(condition.pattern, 'u').test(textOf(value));
  }
}

/** Whether two values are the same JSON, whatever the order of keys. */
export function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return source !== '';
  } catch {
    return false;
  }
}
