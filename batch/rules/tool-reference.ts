import type { Path } from '../finding';
import { isObject, type Json } from '../json';
import { allBlocks, objectsIn, shown, toolNames } from './read';
import type { LineRule } from './rule';

/** References to tools that are there. */
export const toolReference: LineRule = {
  id: 'tool-reference',
  severity: 'error',
  refusedAt: 'row',
  title: 'Reference to a tool that is not there',
  docs: `What a tool search found, and what a system message adds or withdraws, are tools of \`tools\`, by their names.

The API answers in the row: \`Tool reference 'unknown_tool' not found in available tools\`.

Source: tool search tool page; mid-conversation tool changes guide (2026-09-02).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-opus-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"},{"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"noon"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-opus-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"},{"role":"system","content":[{"type":"tool_removal","tool":{"type":"tool_reference","name":"now"}}]}]}}',
  },
  check({ params }, _context, report) {
    const names = toolNames(params);
    const known = new Set<Json>(names);
    const all = allBlocks(params);
    // A tool that is defined in the conversation itself has a name that `tools` does not know.
    const changes = all.filter(([{ type }]) => type === 'tool_addition' || type === 'tool_removal');
    if (!names || changes.some(([{ tool }]) => !isObject(tool) || tool.type !== 'tool_reference')) return;
    const check = (name: Json | undefined, path: Path) => {
      if (typeof name !== 'string' || known.has(name)) return;
      report(path, `There is no tool ${shown(name)} in tools; define it there or correct the name.`);
    };
    for (const [{ tool }, path] of changes) if (isObject(tool)) check(tool.name, [...path, 'tool', 'name']);
    for (const [block, path] of all) {
      if (block.type === 'tool_reference') check(block.tool_name, [...path, 'tool_name']);
      const { content } = block;
      const found = isObject(content)
        ? objectsIn(content.tool_references, [...path, 'content', 'tool_references'])
        : [];
      for (const [reference, at] of found) check(reference.tool_name, [...at, 'tool_name']);
    }
  },
};
