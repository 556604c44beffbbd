import { type Fix, fix, insert } from '../edit';
import { atKey, type Path } from '../finding';
import { isArray, isObject, type JsonObject } from '../json';
import { strictSubschemas } from './read-strict-schemas';
import type { LineRule } from './rule';

/** A schema in a structured output that does not say which type it describes. */
export const strictType: LineRule = {
  id: 'strict-type',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output without a type',
  docs: `In JSON Schema an empty schema allows anything; in structured outputs and strict tools each schema says what it
describes: by \`type\`, \`enum\`, \`const\`, \`anyOf\`, \`allOf\` or \`$ref\`.

> output_format.schema: Invalid schema: Schema type is missing

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON Schema limitations (2026-10-10); the text is
the API's own.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"array","items":{"description":"A city"}}}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"array","items":{"type":"string","description":"A city"}}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [schema, path] of strictSubschemas(params)) {
      if (!SAYING.some((key) => schema[key] !== undefined))
        report(
          atKey(...path),
          'A schema of a structured output must say its type, and this one does not.',
          ...guess(schema, path),
        );
    }
  },
};

/** What says a type; `oneOf` and the like are refused for themselves. */
const SAYING = ['type', 'enum', 'const', '$ref', 'anyOf', 'allOf', 'oneOf', 'not', 'if'];

function guess(schema: JsonObject, path: Path): Fix[] {
  const type = isObject(schema.properties)
    ? 'object'
    : isObject(schema.items) || isArray(schema.items)
      ? 'array'
      : undefined;
  return type === undefined ? [] : [fix(`Add "type": "${type}"`, insert([...path, 'type'], type))];
}
