import { fix, replace } from '../edit';
import { isObject, type JsonObject } from '../json';
import { nearest } from '../schema/nearest';
import { modelOf, shown, toolNames } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'tool_choice'];

/** A `tool_choice` that can be followed: the tool is there, and the model lets itself be forced. */
export const toolChoice: LineRule = {
  id: 'tool-choice',
  severity: 'error',
  refusedAt: 'row',
  title: 'tool_choice that cannot be followed',
  docs: `With \`{"type":"tool"}\` the named tool must be among \`tools\`; with \`{"type":"any"}\` there must be tools. Newer models
do not let themselves be forced at all: \`"any"\` and \`"tool"\` are refused, and the prompt has to ask instead.

The API answers in the row: \`Tool 'does_not_exist' not found in provided tools\`, \`tool_choice.any may only be specified
while providing tools\` or \`tool_choice: type "tool" and "any" are not supported for this model.\`

Source: live capture of 2026-09-02; release notes of 2026-09-01. The models are in \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"noww"},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"now"},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const choice = params.tool_choice;
    if (!isObject(choice) || (choice.type !== 'any' && choice.type !== 'tool')) return;
    const toAuto = fix('Change to {"type":"auto"}', replace(PATH, asAuto(choice)));
    const model = modelOf(params, context);
    if (model && !model.forced_tool_choice) {
      const message = `${params.model} cannot be forced to use a tool; choose "auto" and ask for the tool in the prompt.`;
      report([...PATH, 'type'], message, toAuto);
    } else if (choice.type === 'any') {
      const none = params.tools === undefined || toolNames(params)?.length === 0;
      if (none)
        report(
          [...PATH, 'type'],
          'tool_choice "any" needs tools, and there are none; define some, or choose "auto".',
          toAuto,
        );
    } else {
      const names = toolNames(params);
      if (typeof choice.name !== 'string' || !names || names.includes(choice.name)) return;
      const near = nearest(choice.name, names)?.name;
      const fixes = near === undefined ? [] : [fix(`Change to ${shown(near)}`, replace([...PATH, 'name'], near))];
      report(
        [...PATH, 'name'],
        `There is no tool ${shown(choice.name)} in tools; define it there or correct the name.`,
        ...fixes,
      );
    }
  },
};

/** Other settings of the choice hold for "auto" too. */
function asAuto({ name: _name, type: _type, ...rest }: JsonObject): JsonObject {
  return { type: 'auto', ...rest };
}
