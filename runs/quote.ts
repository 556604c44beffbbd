import type { Model, ModelTable } from '../batch/cost/models';
import type { Range } from '../batch/cost/range';
import type { JsonObject } from '../batch/json';
import type { ModelCount } from '../batch/model-count';
import type { FileCheck } from '../files/file-check';

/** What a run was to cost when it was sent, and by which prices: so that its bill never changes with a later table. */
export interface Quote {
  /** Requests by model as written, most first. */
  readonly models: readonly Pick<ModelCount, 'model' | 'requests'>[];
  readonly inputTokens: Range;
  readonly prices: PriceList;
}

/** The prices of a day, of the models that a run names. */
export interface PriceList {
  /** ISO day of the table of models. */
  readonly date: string;
  readonly batchFactor: number;
  readonly usInferenceFactor: number;
  /** By model as written. */
  readonly models: Readonly<Record<string, Pick<Model, PriceField>>>;
}

type PriceField = 'price_usd_per_mtok' | 'price_above_prompt_tokens';

/** `models` is what the file was judged by. */
export function quoteOf({ models: counts, estimate }: FileCheck, models: ModelTable): Quote {
  const { date, batchFactor, usInferenceFactor } = models;
  const priced = counts.flatMap(({ model }) => {
    const row = models.find(model);
    if (!row) return [];
    const { price_usd_per_mtok, price_above_prompt_tokens } = row;
    return [[model, { price_usd_per_mtok, price_above_prompt_tokens }] as const];
  });
  const prices = { date, batchFactor, usInferenceFactor, models: Object.fromEntries(priced) };
  const named = counts.map(({ model, requests }) => ({ model, requests }));
  return { models: named, inputTokens: estimate.inputTokens, prices };
}

/** `models` with the prices of the day on which the run was sent. */
export function modelsPricedBy(quote: Quote | undefined, models: ModelTable): ModelTable {
  if (!quote) return models;
  const { date, batchFactor, usInferenceFactor, models: rows } = quote.prices;
  return models.with(rows as unknown as Record<string, JsonObject>, date, { batchFactor, usInferenceFactor });
}
