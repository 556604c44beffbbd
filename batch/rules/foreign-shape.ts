import type { RuleInfo } from './rule';

/** A file that another service's batch API takes, or another call of this one. */
export const foreignShape: RuleInfo = {
  id: 'foreign-shape',
  severity: 'error',
  refusedAt: 'create',
  title: 'Another kind of batch file',
  docs: `The lines are requests, but not those of the Message Batches API: an OpenAI batch line (\`method\`, \`url\`, \`body\`), a
Bedrock line (\`recordId\`, \`modelInput\`), a Vertex AI line (\`request\`), or a whole create body (\`requests\`). The message
names which; "Convert Requests…" makes a batch file of the whole, rather than mending it line by line.

The API answers at create: \`requests.0.custom_id: Field required\` or \`requests.0.params: Field required\`.

Source: Message Batches API reference, create (2026-08-22).`,
  examples: {
    bad: '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-5","messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
};
