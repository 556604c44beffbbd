import type { RuleInfo } from './rule';

/** A value of another JSON type than the API takes there. */
export const wrongType: RuleInfo = {
  id: 'wrong-type',
  severity: 'error',
  refusedAt: 'row',
  title: 'Wrong type',
  docs: `The API does not convert: \`"1024"\` is no integer, \`1\` is no boolean, and one text is no list of texts. Where a field
may be left out, \`null\` is taken for that only in some places; \`system: null\` is refused.

The API answers in the row: \`max_tokens: Input should be a valid integer\`, \`system: Input should be a valid array\`,
\`tool_choice: Input should be an object\`.

Source: types of @anthropic-ai/sdk; live captures of 2026.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":"64","messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
};
