import type { Path } from '../finding';
import { isArray, isObject, type Json } from '../json';
import { shown } from './read';

/** Where a schema or a value is wrong, relative to its root, and the rest of a sentence about it. */
export interface SchemaFault {
  readonly path: Path;
  readonly complaint: string;
}

type Test = (value: Json) => boolean;

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const isString: Test = (value) => typeof value === 'string';
const isNumber: Test = (value) => typeof value === 'number';
const isCount: Test = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isType: Test = (value) => isString(value) && TYPES.includes(String(value));
const isSet: Test = (value) =>
  isArray(value) && new Set(value.map((item) => JSON.stringify(item))).size === value.length;
const isStrings: Test = (value) => isArray(value) && value.every(isString) && isSet(value);

/** What each keyword's value must be, and how that is said. Keywords that hold schemas are below. */
const KEYWORDS: { readonly [keyword: string]: readonly [test: Test, is: string] } = {
  type: [
    (value) => isType(value) || (isArray(value) && value.length > 0 && value.every(isType) && isSet(value)),
    `one of ${TYPES.join(', ')}, or a list of them`,
  ],
  required: [isStrings, 'a list of different names'],
  enum: [isArray, 'a list'],
  minimum: [isNumber, 'a number'],
  maximum: [isNumber, 'a number'],
  exclusiveMinimum: [isNumber, 'a number'],
  exclusiveMaximum: [isNumber, 'a number'],
  multipleOf: [(value) => typeof value === 'number' && value > 0, 'a number above 0'],
  minLength: [isCount, 'a whole number'],
  maxLength: [isCount, 'a whole number'],
  minItems: [isCount, 'a whole number'],
  maxItems: [isCount, 'a whole number'],
  minProperties: [isCount, 'a whole number'],
  maxProperties: [isCount, 'a whole number'],
  uniqueItems: [(value) => typeof value === 'boolean', 'true or false'],
  pattern: [isString, 'a string'],
  format: [isString, 'a string'],
  title: [isString, 'a string'],
  description: [isString, 'a string'],
  $ref: [isString, 'a string'],
};
const SCHEMA = ['items', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'];
const SCHEMA_LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const SCHEMA_MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** The first thing that makes `schema` no JSON Schema of draft 2020-12; undefined where it is one. */
export function schemaFault(schema: Json | undefined, path: Path = []): SchemaFault | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (!isObject(schema)) return { path, complaint: 'a schema is an object, true or false' };
  for (const [keyword, value] of Object.entries(schema)) {
    // At the root null counts as left out.
    if (value === null && path.length === 0) continue;
    const fault = keywordFault(keyword, value ?? null, [...path, keyword]);
    if (fault) return fault;
  }
  return undefined;
}

function keywordFault(keyword: string, value: Json, path: Path): SchemaFault | undefined {
  const known = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
  if (known)
    return known[0](value)
      ? undefined
      : { path, complaint: `"${keyword}" is ${shown(value)}, and must be ${known[1]}` };
  if (SCHEMA.includes(keyword)) return schemaFault(value, path);
  if (SCHEMA_LISTS.includes(keyword)) {
    if (!isArray(value) || value.length === 0) return { path, complaint: `"${keyword}" must be a list of schemas` };
    return firstFault(value.map((schema, index) => [schema, [...path, index]]));
  }
  if (SCHEMA_MAPS.includes(keyword)) {
    if (!isObject(value)) return { path, complaint: `"${keyword}" must be an object of schemas` };
    return firstFault(Object.entries(value).map(([key, schema]) => [schema ?? null, [...path, key]]));
  }
  return undefined;
}

function firstFault(schemas: readonly (readonly [Json, Path])[]): SchemaFault | undefined {
  for (const [schema, path] of schemas) {
    const fault = schemaFault(schema, path);
    if (fault) return fault;
  }
  return undefined;
}
