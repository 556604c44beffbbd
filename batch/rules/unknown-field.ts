import type { RuleInfo } from './rule';

/** A field that the API does not know in that place. */
export const unknownField: RuleInfo = {
  id: 'unknown-field',
  severity: 'error',
  refusedAt: 'row',
  title: 'Unknown field',
  docs: `The API refuses every field that it does not know, at every depth except inside \`input\`, \`input_schema\` and other
places that are yours to fill: a slip of the pen in a template fails every row. Fields of OpenAI's and Gemini's APIs are
recognised, and moved or converted where this API has a counterpart.

The API answers in the row: \`messages.0.bogus: Extra inputs are not permitted\`.

The message names the date of the schema that was asked. If you use a field that is newer, make it a warning with
\`"rules": { "unknown-field": "warning" }\` in \`message-batches.json\`.

Source: types of @anthropic-ai/sdk; live capture of 2026-09-02. Names of other APIs: \`schemas/foreign-fields.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_token":64,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
};
