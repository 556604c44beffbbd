import { fix, remove } from '../edit';
import { modelOf } from './read';
import type { LineRule } from './rule';

const PATH = ['params', 'inference_geo'];

/** Where a request is processed, for models that cannot be told. */
export const inferenceGeo: LineRule = {
  id: 'inference-geo',
  severity: 'error',
  refusedAt: 'row',
  title: 'inference_geo on a model without it',
  docs: `Models released before Claude Opus 4.6 cannot be told where to run. Remove the field, or choose a newer model
("us" costs 1.1 times the price).

The API answers in the row with a 400.

Source: data residency guide (2026-10-08); pricing page.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"inference_geo":"us","messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const model = modelOf(params, context);
    if (typeof params.inference_geo !== 'string' || !model || model.inference_geo) return;
    report(
      PATH,
      `${params.model} takes no inference_geo; only Claude Opus 4.6 and later models do.`,
      fix('Remove "inference_geo"', remove(PATH)),
    );
  },
};
