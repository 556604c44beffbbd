import type { Context } from '../context';
import type { Model } from '../cost/models';
import { type Fix, fix, remove, replace } from '../edit';
import { isObject, type JsonObject } from '../json';
import { listed, modelOf } from './read';
import { effort } from './read-thinking';
import type { LineRule } from './rule';

const PATH = ['params', 'output_config', 'effort'];

/** `output_config.effort` on a model that does not know the level, or no level at all. */
export const effortLevel: LineRule = {
  id: 'effort-level',
  severity: 'error',
  refusedAt: 'row',
  title: 'Effort that the model does not know',
  docs: `Effort came with Claude Opus 4.5 ("low" to "high"); "max" is taken since the 4.6 generation and "xhigh" since Claude
Opus 4.7 and Sonnet 5. Claude Sonnet 4.5 and Haiku 4.5 take none:

> This model does not support the effort parameter.

Source: platform.claude.com/docs/en/build-with-claude/effort (2026-10-10); \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"output_config":{"effort":"low"},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"effort":"low"},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const level = effort(params);
    const scale = effortScale(context);
    if (!model || level === undefined || !scale.includes(level) || model.effort?.includes(level)) return;
    const known = model.effort ? `only the efforts ${listed(model.effort.map((one) => `"${one}"`))}` : 'no effort';
    report(
      PATH,
      `${params.model} takes ${known}, and this is "${level}"; ${model.effort ? 'choose one of them' : 'remove it'}.`,
      ...lower(level, model, scale),
      fix('Remove effort', remove(isAlone(params) ? PATH.slice(0, -1) : PATH)),
    );
  },
};

/** Nothing else is configured: the empty object would say nothing. */
function isAlone({ output_config: config }: JsonObject): boolean {
  return isObject(config) && Object.keys(config).length === 1;
}

/** Every level, from least to most: what the model with the most levels takes. */
function effortScale({ models }: Context): readonly string[] {
  return models.models.reduce<readonly string[]>(
    (most, { effort: own }) => (own && own.length > most.length ? own : most),
    [],
  );
}

/** The model's highest level that does not exceed the one asked for. */
function lower(level: string, model: Model, scale: readonly string[]): Fix[] {
  const nearest = model.effort?.findLast((one) => scale.indexOf(one) < scale.indexOf(level));
  return nearest === undefined ? [] : [fix(`Set effort to "${nearest}"`, replace(PATH, nearest))];
}
