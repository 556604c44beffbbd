import fc from 'fast-check';
import type { Json, JsonObject } from '../../../batch/json';
import { isUnion, LINE, listedValues, resolve, type Schema } from '../../../batch/schema/schema';

/** More optional properties at once make values large and show nothing new. */
const MOST_OPTIONAL = 3;

/** Values that the schema allows, made from the schema alone. */
export function valuesOf(schema: Schema = LINE): fc.Arbitrary<Json> {
  const resolved = resolve(schema);
  const branches = isUnion(resolved) ? resolved.oneOf : resolved.anyOf;
  if (branches) return fc.constantFrom(...branches).chain(valuesOf);
  const listed = listedValues(resolved);
  if (listed.length > 0) return fc.constantFrom(...listed);
  const types = typeof resolved.type === 'string' ? [resolved.type] : resolved.type;
  return types ? fc.constantFrom(...types).chain((type) => valuesOfType(type, resolved)) : anyJson;
}

/** Any JSON value, `__proto__` keys and all, as a parser makes it. */
export const anyJson: fc.Arbitrary<Json> = fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json);

function valuesOfType(type: string, schema: Schema): fc.Arbitrary<Json> {
  const { minimum = -1e6, maximum = 1e6 } = schema;
  switch (type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(schema.items ? valuesOf(schema.items) : anyJson, {
        minLength: schema.minItems ?? 0,
        maxLength: 2,
      });
    default:
      return objects(schema);
  }
}

function texts({ pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    const matching = fc.stringMatching(new RegExp(pattern, 'u'), { size: '-1' });
    return matching.filter((text) => minLength <= text.length && text.length <= maxLength);
  }
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 10) }).filter((text) => {
    const length = [...text].length;
    return minLength <= length && length <= maxLength;
  });
}

function objects({ properties = {}, required = [], additionalProperties: others }: Schema): fc.Arbitrary<JsonObject> {
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const known = fc
    .subarray(optional, { maxLength: Math.min(optional.length, MOST_OPTIONAL) })
    .chain((chosen) =>
      fc.record(Object.fromEntries([...required, ...chosen].map((name) => [name, valuesOf(properties[name])]))),
    );
  if (others === false) return known;
  const more = fc.dictionary(fc.string(), typeof others === 'object' ? valuesOf(others) : anyJson, { maxKeys: 2 });
  return fc.tuple(more, known).map(([free, object]) => ({ ...free, ...object }));
}
