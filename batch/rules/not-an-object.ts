import type { Json } from '../json';
import type { RuleInfo } from './rule';

/** A line of valid JSON that is no object. */
export const notAnObject: RuleInfo = {
  id: 'not-an-object',
  severity: 'error',
  refusedAt: 'create',
  title: 'A line that is no object',
  docs: `Each line is one request: an object with \`custom_id\` and \`params\`. A string, a number or an array on a line of
its own makes the API refuse the whole batch.

Source: Message Batches API reference, create.`,
  examples: {
    bad: '"Hello"',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hello"}]}}',
  },
};

export function notAnObjectMessage(value: Json): string {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
  return `This line is ${kind}; a request is an object with "custom_id" and "params".`;
}
