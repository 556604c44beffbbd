import { fix, remove } from '../edit';
import { isObject, type Json } from '../json';
import { type Found, isServerToolResult, shown, type Turn, turns, word } from './read';
import type { LineRule, Report } from './rule';

/** Calls of tools that run at Anthropic's, and their results. */
export const serverToolPairing: LineRule = {
  id: 'server-tool-pairing',
  severity: 'error',
  refusedAt: 'row',
  title: 'Server tool call and result that do not pair',
  docs: `A call of a server tool (\`server_tool_use\`, \`mcp_tool_use\`) and its result (\`web_search_tool_result\`, …) both stand in
assistant messages and belong together by id. A call without a result is fine at the very end (the turn was paused), and
where the user turn after it holds nothing but \`tool_result\` blocks; any other content ends the turn, and the call stays
open. A call that code made says so by its \`caller\`, whose \`tool_id\` is the call of the code execution.

The API answers in the row: \`web_fetch tool use with id srvtoolu_… was found without a corresponding web_fetch_tool_result
block\`, \`unexpected tool_use_id found in web_search_tool_result blocks: srvtoolu_…\` or \`source tool … not found\`.

Source: server tools guide, "Mixing server tools and client tools in one turn" (2026-08-20); the answer about \`caller\` was
measured on 2026-09-29.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search"}],"messages":[{"role":"user","content":"News?"},{"role":"assistant","content":[{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"news"}},{"type":"text","text":"None."}]},{"role":"user","content":"Sure?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search"}],"messages":[{"role":"user","content":"News?"},{"role":"assistant","content":[{"type":"text","text":"None."}]},{"role":"user","content":"Sure?"}]}}',
  },
  check({ params }, _context, report) {
    const all = turns(params);
    const spoken = all.filter(({ role }) => role === 'assistant').flatMap(({ blocks }) => blocks);
    const called = new Set(spoken.filter(isCall).map(([{ id }]) => id));
    checkSides(all, report);
    checkCallers(spoken, called, report);
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

function checkSides(all: readonly Turn[], report: Report): void {
  for (const [{ type }, path] of all
    .filter(({ role }) => role === 'user')
    .flatMap(({ blocks }) => blocks.filter(isCall)))
    report([...path, 'type'], `This ${word(type)} block stands in a user message; move it to an assistant message.`);
}

/** Calls that were made by code which is not there. */
function checkCallers(spoken: readonly Found[], called: ReadonlySet<Json | undefined>, report: Report): void {
  for (const [{ caller }, path] of spoken) {
    if (!isObject(caller) || typeof caller.tool_id !== 'string' || called.has(caller.tool_id)) continue;
    const message = `No code execution ${shown(caller.tool_id)} stands in the conversation; correct the id or remove the caller.`;
    report([...path, 'caller', 'tool_id'], message, fix('Remove "caller"', remove([...path, 'caller'])));
  }
}

const isCall = ([{ type }]: Found): boolean => type === 'server_tool_use' || type === 'mcp_tool_use';

/** A user turn of nothing but results continues the assistant's. */
function endsTurn({ messages, blocks }: Turn): boolean {
  return (
    blocks.some(([{ type }]) => type !== 'tool_result') || messages.some(([{ content }]) => typeof content === 'string')
  );
}
