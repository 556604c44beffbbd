import { fix, replace } from '../edit';
import { objectsIn, shown, tools } from './read';
import type { LineRule } from './rule';

/** Toolsets of MCP servers that are there. */
export const mcpToolset: LineRule = {
  id: 'mcp-toolset',
  severity: 'error',
  refusedAt: 'row',
  title: 'MCP toolset without its server',
  docs: `An entry \`{"type":"mcp_toolset"}\` in \`tools\` offers the tools of one server of \`mcp_servers\`, by the server's name; each
server has at most one toolset.

The API answers in the row with a 400 that names the server.

Source: MCP connector page, "Validation rules" (2026-10-08).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"mcp_servers":[{"type":"url","url":"https://example.com/mcp","name":"docs"}],"tools":[{"type":"mcp_toolset","mcp_server_name":"doc"}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"mcp_servers":[{"type":"url","url":"https://example.com/mcp","name":"docs"}],"tools":[{"type":"mcp_toolset","mcp_server_name":"docs"}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    const servers = objectsIn(params.mcp_servers, ['params', 'mcp_servers']).map(([{ name }]) => name);
    const known = new Set(servers);
    const seen = new Set<string>();
    for (const [{ type, mcp_server_name: name }, path] of tools(params)) {
      if (type !== 'mcp_toolset' || typeof name !== 'string') continue;
      const at = [...path, 'mcp_server_name'];
      const [only, ...more] = servers;
      const fixes =
        typeof only === 'string' && more.length === 0 ? [fix(`Change to ${shown(only)}`, replace(at, only))] : [];
      if (!known.has(name))
        report(at, `There is no server ${shown(name)} in mcp_servers; define it there or correct the name.`, ...fixes);
      else if (seen.has(name)) report(at, `The server ${shown(name)} has a toolset already; keep one of them.`);
      seen.add(name);
    }
  },
};
