import type { RuleInfo } from './rule';

/** A value of the right type that is not in the list, or is beyond a limit. */
export const invalidValue: RuleInfo = {
  id: 'invalid-value',
  severity: 'error',
  refusedAt: 'row',
  title: 'Value not allowed',
  docs: `Some fields take a few values only (\`ttl\`, \`effort\`, \`media_type\`, the \`name\` of a tool of Anthropic's), others have
limits: lengths, smallest and largest numbers, characters of ids and of names of tools.

The API answers in the row: \`system.0.cache_control.ephemeral.ttl: Input should be '5m' or '1h'\`,
\`tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'\`.

Source: types of @anthropic-ai/sdk; limits with their sources in \`schemas/overlay.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"cache_control":{"type":"ephemeral","ttl":"2h"},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"cache_control":{"type":"ephemeral","ttl":"1h"},"messages":[{"role":"user","content":"Hi"}]}}',
  },
};
