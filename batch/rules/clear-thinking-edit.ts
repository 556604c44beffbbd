import type { Context } from '../context';
import { type Fix, fix, insert, remove, replace } from '../edit';
import { isObject, type JsonObject } from '../json';
import { modelOf, objectsIn, shown } from './read';
import { thinkingIsOff } from './read-thinking';
import type { LineRule } from './rule';

/** A context edit that clears thinking where there is none, or behind other edits. */
export const clearThinkingEdit: LineRule = {
  id: 'clear-thinking-edit',
  severity: 'error',
  refusedAt: 'row',
  title: 'Clearing of thinking',
  docs: `The context edit \`clear_thinking_20251015\` needs a model that thinks, and stands before other edits:

> \`clear_thinking_20251015\` strategy requires \`thinking\` to be enabled or adaptive

Source: platform.claude.com/docs/en/build-with-claude/context-editing (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-opus-4-8","max_tokens":64,"context_management":{"edits":[{"type":"clear_thinking_20251015"}]},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-opus-4-8","max_tokens":64,"thinking":{"type":"adaptive"},"context_management":{"edits":[{"type":"clear_thinking_20251015"}]},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const { context_management: management } = params;
    if (!isObject(management)) return;
    const edits = objectsIn(management.edits, EDITS);
    const index = edits.findIndex(([{ type }]) => typeof type === 'string' && type.startsWith('clear_thinking_'));
    const [edit, path] = edits[index] ?? [];
    if (!edit || !path) return;
    if (thinkingIsOff(params, modelOf(params, context)))
      report(
        [...path, 'type'],
        `${shown(edit.type)} needs thinking, which is off in this request; switch it on, or remove this edit.`,
        ...switchOn(params, context),
        fix('Remove This Edit', remove(path)),
      );
    else if (index > 0)
      report(
        [...path, 'type'],
        `${shown(edit.type)} must be the first of the edits; move it to the front.`,
        fix('Move to the Front', replace(EDITS, [edit, ...edits.toSpliced(index, 1).map(([other]) => other)])),
      );
  },
};

const EDITS = ['params', 'context_management', 'edits'];

function switchOn(params: JsonObject, context: Context): Fix[] {
  if (!modelOf(params, context)?.thinking?.accepts.includes('adaptive')) return [];
  const edit = params.thinking === undefined ? insert : replace;
  return [fix('Use "adaptive" Thinking', edit(['params', 'thinking'], { type: 'adaptive' }))];
}
