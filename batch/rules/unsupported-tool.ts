import support from '../../schemas/tool-support.json';
import { fix, replace } from '../edit';
import { modelOf, shown, tools, word } from './read';
import type { LineRule } from './rule';

/** Anthropic's own tools, on the models that have them. */
export const unsupportedTool: LineRule = {
  id: 'unsupported-tool',
  severity: 'error',
  refusedAt: 'row',
  title: 'Tool that the model does not have',
  docs: `Which version of the computer use tool a model takes depends on the model: those of the 5.5 generation and later take
only \`computer_toolset_20260801\`, which has no name and no display size; older ones take only an earlier version, under a
beta header.

The API answers in the row: \`'claude-opus-5-5' does not support tool types: computer_20251124. Did you mean one of …\`.

Source: computer use tool page, "Compatibility" (2026-10-10). The list is \`schemas/tool-support.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"computer_20251124","name":"computer","display_width_px":1024,"display_height_px":768}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"computer_toolset_20260801"}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    if (!model) return;
    for (const [{ type }, path] of tools(params)) {
      const row = support.tools.find(({ types, models }) => types.includes(word(type)) && models.includes(model.id));
      if (!row) continue;
      // A toolset has none of the fields of a single tool; the other way they would be missing.
      const fixes = row.instead.includes('toolset')
        ? [fix(`Change to ${row.instead}`, replace(path, { type: row.instead }))]
        : [];
      report(
        [...path, 'type'],
        `${params.model} does not support the tool ${shown(type)}; use ${shown(row.instead)}.`,
        ...fixes,
      );
    }
  },
};
