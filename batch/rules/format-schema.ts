import { isObject } from '../json';
import { schemaFault } from './json-schema';
import { outputFormat } from './read-strict-schemas';
import type { LineRule } from './rule';

/** A structured output whose schema is no JSON Schema at all. */
export const formatSchema: LineRule = {
  id: 'format-schema',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with an invalid schema',
  docs: `The schema of \`output_config.format\` is a JSON Schema: \`type\` is one of its seven types, \`properties\` an object
of schemas, \`required\` and \`enum\` lists. What a valid schema may hold besides is said by the rules that begin with
\`strict-\`; the schemas of tools are those of \`tool-schema\`.

The API answers in the row: \`output_config.format.schema: Invalid schema: …\`.

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON Schema limitations (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"city":"string"},"additionalProperties":false}}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"city":{"type":"string"}},"additionalProperties":false}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    const [format, path] = outputFormat(params) ?? [];
    if (!format || !path || !isObject(format.schema)) return;
    const fault = schemaFault(format.schema);
    if (fault)
      report([...path, 'schema', ...fault.path], `This is no JSON Schema of draft 2020-12: ${fault.complaint}.`);
  },
};
