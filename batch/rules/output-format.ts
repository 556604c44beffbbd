import betas from '../../schemas/betas.json';
import { fix, insert, remove } from '../edit';
import { atKey } from '../finding';
import { isObject } from '../json';
import type { LineRule } from './rule';

const PATH = ['params', 'output_format'];
const { betas: NAMES } = betas.output_format;

/** The name that `output_config.format` had while it was in beta. */
export const outputFormat: LineRule = {
  id: 'output-format',
  severity: 'error',
  refusedAt: 'row',
  title: 'output_format under its beta name',
  docs: `Structured outputs left the beta as \`output_config.format\`. Their old name, \`output_format\`, is known only under the
beta header \`structured-outputs-2025-11-13\`.

The API answers in the row: \`output_format: Extra inputs are not permitted\`.

Source: structured outputs guide (2026-10-08); anthropics/anthropic-sdk-python#1118.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_format":{"type":"json_schema","schema":{"type":"string"}},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}],"output_config":{"format":{"type":"json_schema","schema":{"type":"string"}}}}}',
  },
  check({ params }, context, report) {
    const { output_format: format, output_config: config } = params;
    if (format === undefined || format === null || NAMES.some((name) => context.betas.includes(name))) return;
    const taken = isObject(config) ? config.format !== undefined : config !== undefined;
    const place = isObject(config)
      ? insert(['params', 'output_config', 'format'], format)
      : insert(['params', 'output_config'], { format });
    const fixes = taken
      ? [fix('Remove "output_format"', remove(PATH))]
      : [fix('Move to output_config.format', place, remove(PATH))];
    report(atKey(...PATH), 'output_format was the name in the beta; it is output_config.format now.', ...fixes);
  },
};
