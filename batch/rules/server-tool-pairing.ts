import { fix, remove } from '../edit';
import { type Found, isServerToolResult, shown, type Turn, turns, word } from './read';
import type { LineRule } from './rule';

/** Calls of tools that run at Anthropic's, and their results. */
export const serverToolPairing: LineRule = {
  id: 'server-tool-pairing',
  severity: 'error',
  refusedAt: 'row',
  title: 'Server tool call and result that do not pair',
  docs: `A call of a server tool (\`server_tool_use\`, \`mcp_tool_use\`) and its result (\`web_search_tool_result\`, …) both stand in
assistant messages and belong together by id. A call without a result is fine at the very end (the turn was paused), and
where the user turn after it holds nothing but \`tool_result\` blocks; any other content ends the turn, and the call stays
open.

The API answers in the row: \`web_fetch tool use with id srvtoolu_… was found without a corresponding web_fetch_tool_result
block\` or \`unexpected tool_use_id found in web_search_tool_result blocks: srvtoolu_…\`.

Source: server tools guide, "Mixing server tools and client tools in one turn" (2026-08-20).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search"}],"messages":[{"role":"user","content":"News?"},{"role":"assistant","content":[{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"news"}},{"type":"text","text":"None."}]},{"role":"user","content":"Sure?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search"}],"messages":[{"role":"user","content":"News?"},{"role":"assistant","content":[{"type":"text","text":"None."}]},{"role":"user","content":"Sure?"}]}}',
  },
  check({ params }, _context, report) {
    const all = turns(params);
    const spoken = all.filter(({ role }) => role === 'assistant').flatMap(({ blocks }) => blocks);
    const called = new Set(spoken.filter(isCall).map(([{ id }]) => id));
    const answered = new Set(
      spoken.filter(([block]) => isServerToolResult(block)).map(([{ tool_use_id }]) => tool_use_id),
    );
    for (const [{ type, tool_use_id: id }, path] of spoken.filter(([block]) => isServerToolResult(block))) {
      if (typeof id !== 'string' || called.has(id)) continue;
      const message = `This ${word(type)} has no call ${shown(id)} before it; correct the id or remove the block.`;
      report([...path, 'tool_use_id'], message, fix('Remove the Block', remove(path)));
    }
    all.forEach((turn, index) => {
      const next = all[index + 1];
      if (turn.role !== 'assistant' || !next || !endsTurn(next)) return;
      for (const [{ id, name }, path] of turn.blocks.filter(isCall)) {
        if (typeof id !== 'string' || answered.has(id)) continue;
        const message = `The ${word(name)} call ${shown(id)} has no result; add its result block after it, or remove the call.`;
        report([...path, 'id'], message, fix('Remove the Call', remove(path)));
      }
    });
  },
};

const isCall = ([{ type }]: Found): boolean => type === 'server_tool_use' || type === 'mcp_tool_use';

/** A user turn of nothing but results continues the assistant's. */
function endsTurn({ messages, blocks }: Turn): boolean {
  return (
    blocks.some(([{ type }]) => type !== 'tool_result') || messages.some(([{ content }]) => typeof content === 'string')
  );
}
