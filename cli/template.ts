import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { Failure } from './exit';

const FIELD = /\{\{\s*([^{}]+?)\s*\}\}/g;

/**
 * Fills a template: `{{field}}` inside any of its strings becomes the field's text, and a string that is nothing but one
 * field becomes the field's value, whatever its type. Throws a `Failure` for a field that the row does not have.
 */
export function filled(template: Json, row: JsonObject): Json {
  if (typeof template === 'string') return filledString(template, row);
  if (isArray(template)) return template.map((item) => filled(item, row));
  if (!isObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value ?? null, row)]));
}

function filledString(text: string, row: JsonObject): Json {
  const only = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(text)?.[1];
  if (only !== undefined) return fieldOf(only, row);
  return text.replace(FIELD, (_, name: string) => {
    const value = fieldOf(name, row);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function fieldOf(name: string, row: JsonObject): Json {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  if (value === undefined)
    throw new Failure(`there is no field "${name}"; it has ${Object.keys(row).join(', ') || 'none'}.`);
  return value;
}
