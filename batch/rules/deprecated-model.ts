import { fix, replace } from '../edit';
import { PROCESSING_WINDOW_HOURS } from '../limits';
import { modelOf } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'model'];
const WINDOW_MS = PROCESSING_WINDOW_HOURS * 60 * 60 * 1000;

/** A model that still answers, but not for long. */
export const deprecatedModel: LineRule = {
  id: 'deprecated-model',
  severity: 'warning',
  refusedAt: 'never',
  title: 'Model that will be retired',
  docs: `The model's retirement is announced. A batch may be processed up to 24 hours after it was created: where the model
retires before that, its requests may fail, and the message says so.

The API accepts the request until that day, and answers \`not_found_error\` from then on.

Source: model deprecations page; \`DEPRECATED_MODELS\` in @anthropic-ai/sdk 1.11.0 (2026-11-19). The dates are in
\`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-sonnet-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-sonnet-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    if (!model || model.status === 'retired') return;
    const ends = model.retires_on === null ? Number.NaN : Date.parse(model.retires_on);
    if (ends <= context.now || (Number.isNaN(ends) && model.status !== 'deprecated')) return;
    const { replacement } = model;
    const fixes = replacement ? [fix(`Change to "${replacement}"`, replace(PATH, replacement))] : [];
    const instead = replacement ? `use ${replacement}` : 'choose another';
    report(PATH, `${params.model} ${fate(model.retires_on, ends - context.now)}; ${instead}.`, ...fixes);
  },
};

function fate(day: string | null, remainingMs: number): string {
  if (day === null) return 'is deprecated';
  return remainingMs < WINDOW_MS ? `retires on ${day}, before this batch would expire` : `retires on ${day}`;
}
