import resultSchema from '../schemas/batch-result.schema.json';
import { atValue, type Finding } from './finding';
import { isObject, type Json } from './json';
import { explainInvalidJson, invalidJson } from './rules/invalid-json';
import { missingField } from './rules/missing-field';
import { wrongType } from './rules/wrong-type';
import { explain } from './schema/explain';
import type { Schema } from './schema/schema';

/**
 * What a line of a results file is not: JSON, a row with an id and a result, or of the types that the API writes. Fields
 * and kinds that the schema does not know are none of a reader's mistakes: the API adds some, and older rows lack others.
 */
export function resultFindings(text: string): Finding[] {
  if (text.trim() === '') return [];
  const value = parsed(text);
  if (value === undefined) {
    const { place, message } = explainInvalidJson(text);
    return [{ rule: invalidJson.id, severity: 'error', message, place, fixes: [] }];
  }
  if (!isObject(value) || typeof value.custom_id !== 'string' || !isObject(value.result)) {
    return [finding(missingField.id, 'A row has a custom_id and a result.', [])];
  }
  return explain(value, ROW).flatMap(({ kind, path }) =>
    kind === 'wrong-type' ? [finding(wrongType.id, 'The API writes another type here.', path)] : [],
  );
}

function finding(rule: string, message: string, path: readonly (string | number)[]): Finding {
  return { rule, severity: 'warning', message, place: atValue(...path), fixes: [] };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The schema with each `$ref` replaced by what it refers to, since its names are not those of the request's schema. */
const ROW = unfolded(resultSchema as unknown as Schema & { definitions: Record<string, Schema> });

function unfolded({ definitions, $ref }: Schema & { readonly definitions: Readonly<Record<string, Schema>> }): Schema {
  const made = new Map<unknown, unknown>();
  const unfold = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const ref = (part as Schema).$ref;
    const target = ref === undefined ? part : definitions[ref.slice('#/definitions/'.length)];
    if (made.has(target)) return made.get(target);
    const copy: Record<string, unknown> | unknown[] = Array.isArray(target) ? [] : {};
    made.set(target, copy);
    for (const [key, inner] of Object.entries(target ?? {})) (copy as Record<string, unknown>)[key] = unfold(inner);
    return copy;
  };
  return unfold({ $ref }) as Schema;
}
