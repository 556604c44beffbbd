import { shown, tools } from './read';
import type { LineRule } from './rule';

/** Two tools of one name. */
export const duplicateToolName: LineRule = {
  id: 'duplicate-tool-name',
  severity: 'error',
  refusedAt: 'row',
  title: 'Two tools with the same name',
  docs: `The model calls a tool by its name, so no two tools of a request may share one; the names of Anthropic's own tools
count too.

The API answers in the row: \`tools: Tool names must be unique.\`

Source: Messages API reference; API answer.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}},{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}},{"name":"today","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    const seen = new Set<string>();
    for (const [{ name }, path] of tools(params)) {
      if (typeof name !== 'string') continue;
      if (seen.has(name))
        report([...path, 'name'], `There is already a tool ${shown(name)}; give this one another name.`);
      seen.add(name);
    }
  },
};
