import { fix, remove, replace } from '../edit';
import type { Path } from '../finding';
import { type Found, modelOf, type Turn, turns } from './read';
import type { LineRule } from './rule';

/** A conversation that ends with the beginning of an answer. */
export const prefill: LineRule = {
  id: 'prefill',
  severity: 'error',
  refusedAt: 'row',
  title: 'Conversation that ends with an assistant message',
  docs: `An assistant message at the end is the beginning of the answer, which the model continues ("prefill"). Models of the
4.6 generation and later do not take it, unless a \`fallback_credit_token\` allows it: say in the prompt how the answer
should look, or use structured outputs. Where it is taken, its text must not end in a space or a line break. A turn that
was paused in the middle of a server tool's work is no prefill.

The API answers in the row: \`This model does not support assistant message prefill. The conversation must end with a user
message.\` or \`messages: final assistant content cannot end with trailing whitespace\`.

Source: prefill guide (2026-10-08); API answers. The models are in \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"{"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const turn = turns(params).at(-1);
    const begun = turn?.role === 'assistant' ? begunText(turn) : undefined;
    if (!turn || !begun) return;
    const model = modelOf(params, context);
    const trimmed = begun.text.trimEnd();
    if (model && !model.assistant_prefill && params.fallback_credit_token === undefined) {
      const message = `${params.model} does not continue a begun answer; the conversation must end with a user message.`;
      report(
        [...begun.message, 'role'],
        message,
        fix('Remove the Prefill', ...turn.messages.map(([, path]) => remove(path))),
      );
    } else if (trimmed !== begun.text) {
      const message = 'The begun answer ends in white space; remove it.';
      report(begun.path, message, fix('Remove the White Space', replace(begun.path, trimmed)));
    }
  },
};

/** The text that the model is to continue; none where the turn is empty or ends in the work of a tool. */
function begunText(turn: Turn): { text: string; path: Path; message: Path } | undefined {
  const [last, message] = turn.messages.at(-1) as Found;
  if (typeof last.content === 'string') {
    return last.content === '' ? undefined : { text: last.content, path: [...message, 'content'], message };
  }
  const [block, path] = turn.blocks.at(-1) ?? [];
  if (!block || !path || block.type !== 'text' || typeof block.text !== 'string') return undefined;
  return { text: block.text, path: [...path, 'text'], message };
}
