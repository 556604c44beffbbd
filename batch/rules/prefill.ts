import { fix, remove, replace } from '../edit';
import type { Path } from '../finding';
import { isObject, type JsonObject } from '../json';
import { type Found, modelOf, type Turn, turns } from './read';
import type { LineRule } from './rule';

/** A conversation that ends with the beginning of an answer. */
export const prefill: LineRule = {
  id: 'prefill',
  severity: 'error',
  refusedAt: 'row',
  title: 'Conversation that ends with an assistant message',
  docs: `An assistant message at the end is the beginning of the answer, which the model continues ("prefill"). Models of the
4.6 generation and later do not take it, nor does any together with thinking or with \`output_config.format\`; say in the
prompt how the answer should look, or use structured outputs. Where it is taken, its text must not end in a space or a line
break. A turn that was paused in the middle of a server tool's work is no prefill.

The API answers in the row: \`This model does not support assistant message prefill. The conversation must end with a user
message.\` or \`messages: final assistant content cannot end with trailing whitespace\`.

Source: prefill and extended thinking guides; structured outputs guide (2026-10-08). The models are in
\`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"{"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const turn = turns(params).at(-1);
    const begun = turn?.role === 'assistant' ? begunText(turn) : undefined;
    if (!turn || !begun) return;
    const reason = refusal(params, modelOf(params, context)?.assistant_prefill);
    if (reason) {
      const paths = turn.messages.map(([, path]) => path);
      const removeAll = fix(
        paths.length > 1 ? 'Remove the Assistant Messages' : 'Remove the Assistant Message',
        ...paths.map(remove),
      );
      report([...begun.message, 'role'], `The conversation must end with a user message: ${reason}.`, removeAll);
    } else if (/\s$/.test(begun.text)) {
      report(
        begun.path,
        'The begun answer ends in white space; remove it.',
        fix('Remove the White Space', replace(begun.path, begun.text.trimEnd())),
      );
    }
  },
};

/** Why this request may not begin its own answer; an unknown model may. */
function refusal(params: JsonObject, modelTakesIt = true): string | undefined {
  if (!modelTakesIt) return `${String(params.model)} does not continue a begun answer`;
  if (isObject(params.thinking) && (params.thinking.type === 'enabled' || params.thinking.type === 'adaptive')) {
    return 'with thinking, an answer cannot be begun for the model';
  }
  if (isObject(params.output_config) && isObject(params.output_config.format)) {
    return 'with output_config.format, an answer cannot be begun for the model';
  }
  return undefined;
}

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
