import { insert, preferredFix, replace } from '../edit';
import { atKey } from '../finding';
import { strictSubschemas, typesOf } from './read-strict-schemas';
import type { LineRule } from './rule';

/** An object in a structured output that leaves room for properties nobody named. */
export const strictAdditionalProperties: LineRule = {
  id: 'strict-additional-properties',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with open objects',
  docs: `Structured outputs and strict tools constrain every word, so each object in their schemas must say
\`"additionalProperties": false\`, in \`$defs\`, \`items\` and \`anyOf\` as well:

> output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON Schema limitations (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [schema, path] of strictSubschemas(params)) {
      if (!typesOf(schema).includes('object') || schema.additionalProperties === false) continue;
      const place = [...path, 'additionalProperties'];
      if (schema.additionalProperties === undefined)
        report(
          atKey(...path, 'type'),
          'Every object of a structured output must say "additionalProperties": false, and this one does not.',
          preferredFix('Add "additionalProperties": false', insert(place, false)),
        );
      else
        report(
          place,
          'In a structured output, additionalProperties must be false.',
          preferredFix('Set additionalProperties to false', replace(place, false)),
        );
    }
  },
};
