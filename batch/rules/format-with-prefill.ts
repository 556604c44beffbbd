import { fix, remove } from '../edit';
import { modelOf, turns } from './read';
import { outputFormat } from './read-strict-schemas';
import type { LineRule } from './rule';

/** A JSON answer whose beginning is already written. */
export const formatWithPrefill: LineRule = {
  id: 'format-with-prefill',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with a prefilled answer',
  docs: `With \`output_config.format\` the whole answer follows the schema, so its beginning cannot be given: the last message
must be the user's. (Models since 4.6 take no prefill at all.)

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, Feature compatibility (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"string"}}},"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"string"}}},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const last = turns(params).at(-1);
    const takesPrefill = modelOf(params, context)?.assistant_prefill ?? true;
    const first = last?.messages[0];
    if (!outputFormat(params) || !takesPrefill || last?.role !== 'assistant' || !first) return;
    report(
      [...first[1], 'role'],
      'An answer in a JSON format cannot be prefilled; end the conversation with a user message.',
      fix('Remove the Prefill', ...last.messages.map(([, path]) => remove(path))),
    );
  },
};
