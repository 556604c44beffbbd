import { fix, remove } from '../edit';
import type { Path } from '../finding';
import type { JsonObject } from '../json';
import { blocks, type Found, modelOf, type Turn, turns } from './read';
import { thinkingIsOff } from './read-thinking';
import type { LineRule } from './rule';

/** Thinking where no thinking can stand. */
export const thinkingBlockPlace: LineRule = {
  id: 'thinking-block-place',
  severity: 'error',
  refusedAt: 'row',
  title: 'Thinking block in a wrong place',
  docs: `Thinking is part of an assistant's turn and followed by what was thought about: text or a tool call. And a
conversation that ends in an assistant message, for the model to go on from, holds no thinking there unless thinking is
on.

> messages.1: The final block in an assistant message cannot be \`thinking\`.

> messages.3.content.0: When thinking is disabled, an \`assistant\` message in the final position cannot contain
> \`thinking\`. To use thinking blocks, enable \`thinking\` in your request.

Source: API answers as reported in tailcallhq/forgecode#3071 and #1853 (2026).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"thinking","thinking":"A greeting.","signature":"EqQBCkYI"}]},{"role":"user","content":"Well?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"thinking","thinking":"A greeting.","signature":"EqQBCkYI"},{"type":"text","text":"Hello!"}]},{"role":"user","content":"Well?"}]}}',
  },
  check({ params }, context, report) {
    const all = turns(params);
    const off = thinkingIsOff(params, modelOf(params, context));
    all.forEach((turn, index) => {
      const [block, path] = misplaced(turn, off && index === all.length - 1) ?? [];
      if (block && path)
        report(
          [...path, 'type'],
          complaint(turn, block),
          fix('Remove the Thinking Block', remove(removable(turn, path))),
        );
    });
  },
};

function misplaced({ role, messages: own, blocks: all }: Turn, last: boolean): Found | undefined {
  if (role === 'user') return all.find(isThinking);
  if (role !== 'assistant') return undefined;
  const end = typeof own.at(-1)?.[0].content === 'string' ? undefined : all.at(-1);
  return (last ? all.find(isThinking) : undefined) ?? (end && isThinking(end) ? end : undefined);
}

function complaint({ role, blocks: own }: Turn, block: JsonObject): string {
  if (role === 'user') return 'Only an assistant message holds thinking; remove this block.';
  if (own.at(-1)?.[0] === block)
    return 'An assistant turn cannot end in thinking; remove this block, or add the text or tool call that followed it.';
  return 'With thinking off, the last assistant message holds no thinking; remove this block.';
}

const isThinking = ([{ type }]: Found) => type === 'thinking' || type === 'redacted_thinking';

/** The whole message where nothing else is in it. */
function removable({ messages }: Turn, path: Path): Path {
  const message = messages.find(([, at]) => at.at(-1) === path[2]);
  return message && blocks(message).length === 1 ? message[1] : path;
}
