import type { RuleInfo } from './rule';

/** A `type` or `role` that does not exist in that place. */
export const unknownType: RuleInfo = {
  id: 'unknown-type',
  severity: 'error',
  refusedAt: 'row',
  title: 'Unknown type or role',
  docs: `Content blocks, tools, sources and settings say by their \`type\` what they are, and messages by their \`role\`
(\`user\`, \`assistant\` or \`system\`). OpenAI's kinds (\`image_url\`, \`function\`) do not exist here; most are converted by
the fix.

The API answers in the row: \`tools.0: Input tag 'function' found using 'type' does not match any of the expected tags\`, or
\`messages: Unexpected role "developer"\`.

Source: types of @anthropic-ai/sdk; live captures of 2026.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"txt","text":"Hi"}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}}',
  },
};
