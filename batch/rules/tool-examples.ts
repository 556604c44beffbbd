import { isArray, isObject } from '../json';
import { schemaFault } from './json-schema';
import { valueFault } from './json-schema-value';
import { tools } from './read';
import type { LineRule } from './rule';

/** Examples of a tool's input that its schema takes. */
export const toolExamples: LineRule = {
  id: 'tool-examples',
  severity: 'error',
  refusedAt: 'row',
  title: 'Example that the tool itself would not take',
  docs: `Each entry of \`input_examples\` is an input that the tool's own \`input_schema\` accepts.

The API answers in the row with a 400 that names the example.

Source: define tools guide, "Providing tool use examples" (2026-10-08).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"find","input_schema":{"type":"object","properties":{"id":{"type":"string"}}},"input_examples":[{"id":7}]}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"find","input_schema":{"type":"object","properties":{"id":{"type":"string"}}},"input_examples":[{"id":"7"}]}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const [{ input_schema: schema, input_examples: examples }, path] of tools(params)) {
      if (!isObject(schema) || !isArray(examples) || schemaFault(schema)) continue;
      examples.forEach((example, index) => {
        // What is no object at all, the shape of the line says.
        const fault = isObject(example) ? valueFault(example, schema) : undefined;
        if (fault)
          report(
            [...path, 'input_examples', index, ...fault.path],
            `This example does not fit input_schema: ${fault.complaint}.`,
          );
      });
    }
  },
};
