import { fix, remove } from '../edit';
import type { JsonObject } from '../json';
import { type Found, type Turn, turns } from './read';
import { thinkingMode } from './read-thinking';
import type { LineRule } from './rule';

/** With manual thinking, the assistant's part of a running tool loop begins with its thinking. */
export const thinkingFirstBlock: LineRule = {
  id: 'thinking-first-block',
  severity: 'error',
  refusedAt: 'row',
  title: 'Assistant turn without its thinking',
  docs: `With \`thinking.type\` "enabled", the assistant turn that a tool result answers, and one that the model is to go on
from, must start with the thinking that came with it:

> messages.1.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`tool_use\`. When \`thinking\` is
> enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and
> \`tool_result\` blocks).

> If an assistant message contains any thinking blocks, the first block must be \`thinking\` or \`redacted_thinking\`.

Where the thinking is lost, switch thinking off for this request. Adaptive thinking asks for nothing of the kind.

Source: platform.claude.com/docs/en/build-with-claude/extended-thinking (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048},"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"What time is it?"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"now","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"9:41"}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":4096,"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"What time is it?"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"now","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"9:41"}]}]}}',
  },
  check({ params }, _context, report) {
    if (thinkingMode(params) !== 'enabled') return;
    const all = turns(params);
    const running = runningTurns(all);
    const lost = running.some(({ blocks }) => isThinking(blocks[0])) ? undefined : running.at(-1);
    const late = all.find(({ role, blocks }) => role === 'assistant' && isLate(blocks.findIndex(isThinking), blocks));
    const first = (lost ?? late)?.messages[0];
    if (!first) return;
    report(
      firstOf(first),
      `With manual thinking, this assistant turn must start with its thinking block, and starts with ${startOf(first[0])}; restore the block, or switch thinking off.`,
      fix('Switch Thinking Off', remove(['params', 'thinking'])),
    );
  },
};

/** The assistant turns that the model goes on from: the last one, and those before it that only tool results came between. */
function runningTurns(all: readonly Turn[]): Turn[] {
  const running: Turn[] = [];
  for (let index = all.length - 1; index >= 0; index--) {
    const turn = all[index];
    if (turn?.role === 'assistant') running.unshift(turn);
    else if (turn?.role === 'user' && !turn.blocks.some(([{ type }]) => type === 'tool_result')) break;
  }
  return running;
}

function isThinking(block: Found | undefined): boolean {
  return block?.[0].type === 'thinking' || block?.[0].type === 'redacted_thinking';
}

/** Thinking at the very end of a turn is another rule's. */
function isLate(index: number, blocks: readonly Found[]): boolean {
  return index > 0 && index < blocks.length - 1;
}

function firstOf([message, path]: Found): (string | number)[] {
  return Array.isArray(message.content) && message.content.length > 0
    ? [...path, 'content', 0, 'type']
    : [...path, 'content'];
}

function startOf({ content }: JsonObject): string {
  const first = Array.isArray(content) ? content[0] : undefined;
  return typeof first?.type === 'string' ? `"${first.type}"` : 'text';
}
