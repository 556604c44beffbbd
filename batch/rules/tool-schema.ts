import { type Fix, fix, remove, rename } from '../edit';
import { atKey, type Path } from '../finding';
import { isArray, isObject, type JsonObject } from '../json';
import { schemaFault } from './json-schema';
import { listed, shown, tools } from './read';
import type { LineRule, Report } from './rule';

const COMBINATORS = ['anyOf', 'oneOf', 'allOf'];
const LEGAL_KEY = /^[a-zA-Z0-9_.-]{1,64}$/;

/** The schema of a tool's input. */
export const toolSchema: LineRule = {
  id: 'tool-schema',
  severity: 'error',
  refusedAt: 'row',
  title: 'input_schema that the API does not take',
  docs: `\`input_schema\` is a JSON Schema of draft 2020-12 for an object. At its top level it has no \`oneOf\`, \`anyOf\` or
\`allOf\` (deeper they are fine), and its property names have 1 to 64 letters, digits, \`_\`, \`.\` and \`-\`. Generators
for older drafts write \`exclusiveMinimum: true\`, a list under \`items\` or \`required: true\`, which this draft does not have.

The API answers in the row: \`tools.0.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top
level\`, \`….properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'\` or \`…: JSON schema is invalid. It must
match JSON Schema draft 2020-12\`.

Source: API answers, widely reported in 2026; JSON Schema draft 2020-12.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"find","input_schema":{"type":"object","properties":{"filter[id]":{"type":"string"}}}}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"find","input_schema":{"type":"object","properties":{"filter-id-":{"type":"string"}}}}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [{ input_schema: schema }, tool] of tools(params)) {
      if (isObject(schema)) checkSchema(schema, [...tool, 'input_schema'], report);
    }
  },
};

function checkSchema(schema: JsonObject, path: Path, report: Report): void {
  for (const combinator of COMBINATORS) {
    if (schema[combinator] === undefined) continue;
    const message = `input_schema takes no ${listed(COMBINATORS, 'or')} at its top level; describe one object there.`;
    report(atKey(...path, combinator), message, fix(`Remove "${combinator}"`, remove([...path, combinator])));
  }
  const { properties } = schema;
  for (const key of isObject(properties) ? Object.keys(properties) : []) {
    if (LEGAL_KEY.test(key)) continue;
    const at = [...path, 'properties', key];
    const message = `The property name ${shown(key)} is not allowed: 1 to 64 letters, digits, "_", "." and "-" are.`;
    report(atKey(...at), message, ...renaming(schema, path, key));
  }
  const fault = schemaFault(schema);
  if (fault && !isToldByShape(schema, fault.path))
    report([...path, ...fault.path], `This is no JSON Schema of draft 2020-12: ${fault.complaint}.`);
}

/** What is wrong with the three fields that every `input_schema` has, the shape of the line says. */
function isToldByShape({ required }: JsonObject, [keyword, ...inner]: Path): boolean {
  if (inner.length > 0) return false;
  const isNames = isArray(required) && required.every((name) => typeof name === 'string');
  return keyword === 'type' || keyword === 'properties' || (keyword === 'required' && !isNames);
}

function renaming(schema: JsonObject, path: Path, key: string): Fix[] {
  const legal = key.replace(/[^a-zA-Z0-9_.-]+/g, '-').slice(0, 64);
  const required = Array.isArray(schema.required) ? schema.required.indexOf(key) : -1;
  const taken = isObject(schema.properties) && Object.hasOwn(schema.properties, legal);
  if (legal === '' || taken || required >= 0) return [];
  return [fix(`Rename to ${shown(legal)}`, rename([...path, 'properties', key], legal))];
}
