import { fix, replace } from '../edit';
import { modelOf } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'model'];

/** A model that answers no longer. */
export const retiredModel: LineRule = {
  id: 'retired-model',
  severity: 'error',
  refusedAt: 'row',
  title: 'Model that is retired',
  docs: `Requests to a retired model fail. Its replacement may need other parameters: check the file again after the change,
and read the migration guide.

The API answers in the row: \`not_found_error\`, \`model: …\`.

Source: model deprecations page. The dates are in \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-opus-4-1","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-opus-4-8","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const day = model?.retired_on ?? model?.retires_on;
    const retired = model?.status === 'retired' || (typeof day === 'string' && Date.parse(day) <= context.now);
    if (!model || !retired) return;
    const since = day ? `was retired on ${day}` : 'is retired';
    const { replacement } = model;
    if (!replacement) report(PATH, `${params.model} ${since} and answers no longer; choose a current model.`);
    else
      report(
        PATH,
        `${params.model} ${since}; its successor is ${replacement}.`,
        fix(`Change to "${replacement}"`, replace(PATH, replacement)),
      );
  },
};
