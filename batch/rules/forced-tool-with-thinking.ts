import { fix, remove, replace } from '../edit';
import { isObject } from '../json';
import { thinkingMode } from './read-thinking';
import type { LineRule } from './rule';

const PATH = ['params', 'tool_choice'];

/** A tool that must be called, by a model that is to think first. */
export const forcedToolWithThinking: LineRule = {
  id: 'forced-tool-with-thinking',
  severity: 'error',
  refusedAt: 'row',
  title: 'Forced tool with manual thinking',
  docs: `With \`thinking.type\` "enabled" the model decides itself whether it calls a tool: \`tool_choice\` may be "auto" or
"none". Adaptive thinking has no such limit.

> Thinking may not be enabled when tool_choice forces tool use.

Source: platform.claude.com/docs/en/build-with-claude/extended-thinking (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048},"tools":[{"name":"save","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048},"tools":[{"name":"save","input_schema":{"type":"object"}}],"tool_choice":{"type":"auto"},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    const type = isObject(params.tool_choice) ? params.tool_choice.type : undefined;
    if (thinkingMode(params) !== 'enabled' || (type !== 'any' && type !== 'tool')) return;
    report(
      [...PATH, 'type'],
      `With manual thinking, tool_choice cannot be "${type}"; use "auto", or switch thinking off.`,
      fix('Set tool_choice to "auto"', replace(PATH, { type: 'auto' })),
      fix('Switch Thinking Off', remove(['params', 'thinking'])),
    );
  },
};
