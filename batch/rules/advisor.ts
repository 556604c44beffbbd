import support from '../../schemas/tool-support.json';
import { fix, remove } from '../edit';
import type { JsonObject } from '../json';
import { allBlocks, blockTypes, listed, modelOf, shown, tools } from './read';
import type { LineRule } from './rule';

/** One row of `schemas/tool-support.json`: whom a model may ask for advice. */
interface Advisors {
  readonly executor: string;
  readonly accepted?: readonly string[];
  readonly refused?: readonly string[];
}

const ADVISORS: readonly Advisors[] = support.advisors;

/** The advisor tool: whom it may ask, and its traces in a conversation. */
export const advisor: LineRule = {
  id: 'advisor',
  severity: 'error',
  refusedAt: 'row',
  title: 'Advisor that cannot be asked',
  docs: `The advisor tool lets a model ask another one. Not every pair is allowed: Claude Fable 5.2 asks only 5.2 models, and
Claude Sonnet 5.5 none weaker than itself. And a conversation that holds advice needs the tool in \`tools\`, or its blocks
removed.

The API answers in the row with a 400 \`invalid_request_error\`.

Source: advisor tool page (2026-10-08); what's new in Claude Sonnet 5.5 and Fable 5.2. The list is
\`schemas/tool-support.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-sonnet-5-5","max_tokens":64,"tools":[{"type":"advisor_20260301","name":"advisor","model":"claude-opus-4-8"}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-sonnet-5-5","max_tokens":64,"tools":[{"type":"advisor_20260301","name":"advisor","model":"claude-opus-5-5"}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const advisors = tools(params).filter(([{ type }]) => typeof type === 'string' && type.startsWith('advisor_'));
    const row = ADVISORS.find(({ executor }) => executor === modelOf(params, context)?.id);
    for (const [tool, path] of row ? advisors : []) {
      const id = modelOf(tool, context)?.id;
      if (!row || id === undefined || !refuses(row, id)) continue;
      const others = row.accepted
        ? `it takes ${listed(row.accepted, 'or')}`
        : `any but ${listed(row.refused ?? [])} will do`;
      report([...path, 'model'], `${row.executor} does not take ${shown(tool.model)} as its advisor; ${others}.`);
    }
    if (advisors.length > 0 || !blockTypes(params).has('advisor_tool_result')) return;
    const all = allBlocks(params);
    const advice = all.find(([{ type }]) => type === 'advisor_tool_result');
    if (!advice) return;
    const isCall = ({ type, id }: JsonObject) => type === 'server_tool_use' && id === advice[0].tool_use_id;
    const message =
      'The conversation holds advice, and tools has no advisor tool; add the tool or remove these blocks.';
    const removals = [...all.filter(([block]) => isCall(block)), advice].map(([, path]) => remove(path));
    report([...advice[1], 'type'], message, fix('Remove the Advice', ...removals));
  },
};

function refuses({ accepted, refused }: Advisors, id: string): boolean {
  return accepted ? !accepted.includes(id) : (refused ?? []).includes(id);
}
