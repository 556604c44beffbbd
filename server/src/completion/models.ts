import type { Context } from '../../../batch/context';
import { type Model, UNKNOWN_LIMIT } from '../../../batch/cost/models';
import { count, usd } from '../../../batch/wording';
import type { Suggestion } from '../to-lsp';
import { type CompletionPlace, commaBefore, order } from './place';

/** The models that still answer, with price and context. */
export function modelSuggestions(place: CompletionPlace): Suggestion[] {
  return place.context.models.models
    .filter(({ status }) => status !== 'retired')
    .map((model, index) => ({
      label: model.id,
      kind: 'value',
      insert: JSON.stringify(model.id) + commaBefore(place.rest),
      filter: place.quoted ? JSON.stringify(model.id) : model.id,
      sort: order(index),
      detail: modelDetail(model, place.context),
      documentation: model.retires_on ? `Retires on ${model.retires_on}.` : undefined,
      deprecated: model.status === 'deprecated',
    }));
}

function modelDetail(
  { price_usd_per_mtok: price, context_window }: Model,
  { models: { batchFactor } }: Context,
): string {
  const window = context_window === UNKNOWN_LIMIT ? [] : [`${count(context_window)} tokens of context`];
  const prices = price
    ? [`${usd(price.input * batchFactor)} in, ${usd(price.output * batchFactor)} out per million tokens`]
    : [];
  return [...prices, ...window].join(' · ');
}
