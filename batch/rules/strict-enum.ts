import { type Fix, fix, replace } from '../edit';
import type { Path } from '../finding';
import { isArray, type Json, type JsonObject } from '../json';
import { listed, shown } from './read';
import { strictSubschemas, typesOf } from './read-strict-schemas';
import type { LineRule } from './rule';

/** An `enum` in a structured output whose values are not of the one type that it declares. */
export const strictEnum: LineRule = {
  id: 'strict-enum',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with a mismatched enum',
  docs: `In structured outputs and strict tools, an \`enum\` lists strings, numbers, booleans or null, and each must be of the
declared \`type\`. A list of types matches no value; a nullable enum is an \`anyOf\` of the enum and of null:

> output_config.format.schema: Invalid schema: Enum value 'A' does not match declared type ['string', 'null']

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs (2026-10-10); the text is the API's own.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":["string","null"],"enum":["yes","no",null]}}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"anyOf":[{"type":"string","enum":["yes","no"]},{"type":"null"}]}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [schema, path] of strictSubschemas(params)) {
      const { enum: values, type } = schema;
      if (!isArray(values)) continue;
      const complex = values.findIndex((value) => typeof value === 'object' && value !== null);
      if (complex >= 0)
        report(
          [...path, 'enum', complex],
          'In a structured output, an enum lists strings, numbers, booleans or null, no objects or arrays.',
        );
      else if (isArray(type))
        report(
          [...path, 'type'],
          `Beside an enum, type must be a single one, and this is ${listed(typesOf(schema).map(shown))}; split it with anyOf.`,
          ...split(schema, path, values),
        );
      else if (typeof type === 'string') {
        const stray = values.findIndex((value) => !isOfType(value, type));
        if (stray >= 0)
          report(
            [...path, 'enum', stray],
            `The enum value ${shown(values[stray])} is not of the declared type "${type}".`,
          );
      }
    }
  },
};

function isOfType(value: Json, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** One alternative for each type, with the values that are of it; null needs no list. */
function split(schema: JsonObject, path: Path, values: readonly Json[]): Fix[] {
  const { enum: _values, type: _type, anyOf, ...rest } = schema;
  const types = typesOf(schema);
  if (anyOf !== undefined || values.some((value) => !types.some((type) => isOfType(value, type)))) return [];
  const alternatives = types.flatMap((type): JsonObject[] => {
    const own = values.filter((value) => isOfType(value, type));
    if (type === 'null') return [{ type }];
    return own.length > 0 ? [{ type, enum: own }] : [];
  });
  return [fix('Split with anyOf', replace(path, { ...rest, anyOf: alternatives }))];
}
