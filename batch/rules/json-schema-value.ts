import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import type { SchemaFault } from './json-schema';
import { listed, shown } from './read';

/**
 * The first place where `value` does not fit `schema`, a JSON Schema of draft 2020-12. Reads the keywords that tools are
 * described with; references and patterns are taken to fit, so that nothing right is called wrong.
 */
export function valueFault(value: Json, schema: Json | undefined, path: Path = []): SchemaFault | undefined {
  if (!isObject(schema)) return schema === false ? { path, complaint: 'nothing is allowed here' } : undefined;
  const complaint = ownFault(value, schema);
  if (complaint) return { path, complaint };
  if (isArray(schema.anyOf) && !schema.anyOf.some((branch) => !valueFault(value, branch))) {
    return { path, complaint: `${shown(value)} is none of what "anyOf" allows` };
  }
  if (isArray(value)) return inItems(value, schema, path);
  return isObject(value) ? inProperties(value, schema, path) : undefined;
}

function ownFault(value: Json, schema: JsonObject): string | undefined {
  const types = typeof schema.type === 'string' ? [schema.type] : isArray(schema.type) ? schema.type.map(String) : [];
  if (types.length > 0 && !types.some((type) => hasType(value, type)))
    return `${shown(value)} is no ${listed(types, 'or')}`;
  if (isArray(schema.enum) && !schema.enum.some((one) => same(one, value))) {
    return `${shown(value)} is none of ${listed(schema.enum.slice(0, 6).map(shown))}`;
  }
  if (schema.const !== undefined && !same(schema.const, value)) return `it must be ${shown(schema.const)}`;
  if (typeof value === 'number') {
    if (typeof schema.minimum === 'number' && value < schema.minimum) return `${value} is below ${schema.minimum}`;
    if (typeof schema.maximum === 'number' && value > schema.maximum) return `${value} is above ${schema.maximum}`;
  }
  return undefined;
}

function inItems(values: readonly Json[], { items }: JsonObject, path: Path): SchemaFault | undefined {
  for (const [index, value] of values.entries()) {
    const fault = valueFault(value, items, [...path, index]);
    if (fault) return fault;
  }
  return undefined;
}

function inProperties(value: JsonObject, schema: JsonObject, path: Path): SchemaFault | undefined {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = isArray(schema.required) ? schema.required : [];
  const missing = required.find((key) => typeof key === 'string' && !Object.hasOwn(value, key));
  if (missing !== undefined) return { path, complaint: `${shown(missing)} is missing` };
  for (const [key, inner] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key);
    if (!known && schema.additionalProperties === false && schema.patternProperties === undefined) {
      return { path: [...path, key], complaint: `${shown(key)} is not among the properties` };
    }
    const fault = known ? valueFault(inner ?? null, properties[key], [...path, key]) : undefined;
    if (fault) return fault;
  }
  return undefined;
}

function hasType(value: Json, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value);
  return typeof value === type;
}

const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
