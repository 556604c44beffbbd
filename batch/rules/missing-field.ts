import type { RuleInfo } from './rule';

/** A field that the API requires is not there. */
export const missingField: RuleInfo = {
  id: 'missing-field',
  severity: 'error',
  refusedAt: 'row',
  title: 'Missing field',
  docs: `A request has a \`custom_id\` and \`params\` with \`model\`, \`max_tokens\` and \`messages\`; every message has a \`role\` and
\`content\`, every block a \`type\` and what belongs to it.

The API answers at create for what stands beside \`params\` (\`requests.0.custom_id: Field required\`), and in the row for
what is missing inside: \`messages: Field required\`.

Source: types of @anthropic-ai/sdk; live capture of 2026-09-02.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":1024,"messages":[{"role":"user","content":"Hi"}]}}',
  },
};
