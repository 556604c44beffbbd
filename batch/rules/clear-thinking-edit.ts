import { fix, insert, remove, replace } from '../edit';
import { isObject } from '../json';
import { modelOf, objectsIn } from './read';
import { thinkingIsOff } from './read-thinking';
import type { LineRule } from './rule';

/** A context edit that clears thinking where there is none. */
export const clearThinkingEdit: LineRule = {
  id: 'clear-thinking-edit',
  severity: 'error',
  refusedAt: 'row',
  title: 'Clearing of thinking without thinking',
  docs: `The context edit \`clear_thinking_20251015\` needs a model that thinks:

> \`clear_thinking_20251015\` strategy requires \`thinking\` to be enabled or adaptive

Source: platform.claude.com/docs/en/build-with-claude/context-editing (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-opus-4-8","max_tokens":64,"context_management":{"edits":[{"type":"clear_thinking_20251015"}]},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-opus-4-8","max_tokens":64,"thinking":{"type":"adaptive"},"context_management":{"edits":[{"type":"clear_thinking_20251015"}]},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const { context_management: management } = params;
    if (!isObject(management) || !thinkingIsOff(params, model)) return;
    const thinking = ['params', 'thinking'];
    const edit = params.thinking === undefined ? insert : replace;
    const switchOn = model?.thinking?.accepts.includes('adaptive')
      ? [fix('Use "adaptive" Thinking', edit(thinking, { type: 'adaptive' }))]
      : [];
    for (const [{ type }, path] of objectsIn(management.edits, ['params', 'context_management', 'edits'])) {
      if (typeof type !== 'string' || !type.startsWith('clear_thinking_')) continue;
      report(
        [...path, 'type'],
        `"${type}" needs thinking, which is off in this request; switch it on, or remove this edit.`,
        ...switchOn,
        fix('Remove This Edit', remove(path)),
      );
    }
  },
};
