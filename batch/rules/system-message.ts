import type { Model } from '../cost/models';
import { type Fix, fix, insert, remove } from '../edit';
import type { Path } from '../finding';
import { isArray, isObject, type JsonObject } from '../json';
import { isServerToolResult, messages, modelOf, type Turn, turns } from './read';
import type { LineRule } from './rule';

/** Messages with the role "system": on which models, and where. */
export const systemMessage: LineRule = {
  id: 'system-message',
  severity: 'error',
  refusedAt: 'row',
  title: 'System message in a wrong place',
  docs: `The system prompt stands in \`params.system\`, not in the first message as with OpenAI. Newer models take system
messages later in the conversation: right after a user turn, or after an assistant turn that ends in the result of a
server tool, and before an assistant turn or at the end. Several in a row count as one. One without content, that only
sets the effort, may stand anywhere.

The API answers in the row: \`messages: Unexpected role "system". …\` or a 400 that names the placement.

Source: mid-conversation system messages guide, "Limitations" (2026-09-02). The models are in \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}],"system":"Be brief."}}',
  },
  check({ params }, context, report) {
    const all = turns(params);
    all.forEach((turn, index) => {
      const first = turn.messages[0];
      if (turn.role !== 'system' || !first || !turn.messages.some(([message]) => saysSomething(message))) return;
      const complaint = complaintAbout(all, index, params, modelOf(params, context));
      if (complaint) report([...first[1], 'role'], complaint, ...toSystemPrompt(params, turn, first[1]));
    });
  },
};

function complaintAbout(
  all: readonly Turn[],
  index: number,
  params: JsonObject,
  model: Model | undefined,
): string | undefined {
  if (model && !model.system_role_messages)
    return `${params.model} takes no system messages; put the instructions into params.system.`;
  const before = all[index - 1];
  const after = all[index + 1];
  if (!before) return 'The first message cannot be a system message; put the instructions into params.system.';
  const last = before.blocks.at(-1)?.[0];
  const follows =
    before.role === 'user' || (before.role === 'assistant' && last !== undefined && isServerToolResult(last));
  if (!follows) return 'A system message stands after a user turn; move it behind the next user message.';
  if (after && after.role !== 'assistant')
    return 'A system message stands before an assistant turn or at the end; move it behind the user message that follows.';
  return undefined;
}

function saysSomething({ content }: JsonObject): boolean {
  return typeof content === 'string' ? content !== '' : isArray(content) && content.length > 0;
}

/** Only for instructions that open the conversation: elsewhere the meaning would change. */
function toSystemPrompt(params: JsonObject, { messages: [only, ...more] }: Turn, path: Path): Fix[] {
  const content = only?.[0].content;
  const movable =
    typeof content === 'string' ||
    (isArray(content) && content.every((block) => isObject(block) && block.type === 'text'));
  if (!movable || more.length > 0 || path.at(-1) !== 0 || messages(params).length < 2 || params.system !== undefined)
    return [];
  return [fix('Move to params.system', insert(['params', 'system'], content), remove(path))];
}
