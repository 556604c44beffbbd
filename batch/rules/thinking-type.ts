import type { Model } from '../cost/models';
import { type Fix, fix, remove, replace } from '../edit';
import { isObject, type JsonObject } from '../json';
import { count } from '../wording';
import { listed, modelOf } from './read';
import { thinkingMode } from './read-thinking';
import type { LineRule } from './rule';

const PATH = ['params', 'thinking'];

/** `thinking.type` on a model that does not take it. */
export const thinkingType: LineRule = {
  id: 'thinking-type',
  severity: 'error',
  refusedAt: 'row',
  title: 'Thinking mode that the model does not take',
  docs: `Which \`thinking.type\` is taken depends on the model: up to the 4.5 generation only \`enabled\` with a budget, since
4.7 only \`adaptive\`, steered by \`output_config.effort\`; some models think always and cannot be told not to, and Claude
Sonnet 5.5 takes \`between_tools\` in place of \`disabled\`.

> "thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to
> control thinking behavior.

> adaptive thinking is not supported on this model

Source: platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting (2026-10-10); \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":4096,"thinking":{"type":"adaptive"},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const type = thinkingMode(params);
    if (!model || type === undefined || !KNOWN_TYPES.includes(type)) return;
    const accepted = model.thinking?.accepts ?? ['disabled'];
    if (accepted.includes(type)) return;
    report([...PATH, 'type'], complaint(model, type), ...fixes(params, model, type));
  },
};

/** Anything else is for the schema to refuse. */
const KNOWN_TYPES = ['adaptive', 'enabled', 'disabled', 'between_tools'];

function complaint({ id, thinking }: Model, type: string): string {
  if (!thinking) return `${id} cannot think; remove thinking.`;
  const accepted = listed(
    thinking.accepts.map((one) => `"${one}"`),
    'or',
  );
  if (type === 'disabled' && thinking.default === 'always')
    return `${id} always thinks and takes no "disabled"; remove thinking.`;
  return `${id} takes no thinking of type "${type}"; use ${accepted}, or remove thinking.`;
}

/** First the mode that comes nearest, then none. */
function fixes(params: JsonObject, { thinking, max_output_tokens }: Model, type: string): Fix[] {
  const removal = fix('Remove thinking', remove(PATH));
  const nearest = (NEAREST[type] ?? []).find((one) => thinking?.accepts.includes(one));
  if (nearest === undefined) return [removal];
  const given = isObject(params.thinking) ? params.thinking : {};
  const display = given.display !== undefined && SHOWS.includes(nearest) ? { display: given.display } : {};
  if (nearest !== 'enabled')
    return [fix(`Use "${nearest}" Thinking`, replace(PATH, { type: nearest, ...display })), removal];
  const budget = roomForBudget(params.max_tokens, max_output_tokens);
  if (budget === undefined) return [removal];
  return [
    fix(
      `Use "enabled" Thinking with ${count(budget)} Tokens`,
      replace(PATH, { type: nearest, budget_tokens: budget, ...display }),
    ),
    removal,
  ];
}

const NEAREST: Readonly<Record<string, readonly string[]>> = {
  enabled: ['adaptive'],
  adaptive: ['enabled'],
  disabled: ['between_tools'],
  between_tools: ['disabled', 'adaptive'],
};

/** The types that take a `display`. */
const SHOWS = ['adaptive', 'enabled'];

/** Half of what may be written, in the API's bounds: from 1,024 tokens and less than `max_tokens`. */
function roomForBudget(maxTokens: unknown, limit: number): number | undefined {
  if (typeof maxTokens !== 'number' || maxTokens < 2048 || maxTokens > limit) return undefined;
  return Math.floor(maxTokens / 2);
}
