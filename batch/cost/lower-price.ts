import { isOffered } from './model-comparison';
import { familyOf, type Model, type ModelTable, tokensForOne } from './models';

/** What the requests that name one model come to, in whole tokens as expected. */
export interface ModelTokens {
  readonly requests: number;
  readonly input: number;
  readonly output: number;
}

/** What the requests of a file that name one model cost, and would with others. USD in a batch, in two digits that say something. */
export interface LowerPrice {
  /** As written. */
  readonly model: string;
  readonly requests: number;
  readonly usd: number;
  /** Dearest first. */
  readonly others: readonly { readonly model: string; readonly usd: number }[];
}

/** USD that another model has to save before anyone is told, … */
const WORTH_TELLING = 1;
/** … and what it may cost as a share. */
const MUCH_LESS = 0.6;

/**
 * The nearest model that costs much less, and the cheapest, for the requests on which that saves most; null where that is
 * little. Nearly what a comparison of models comes to, which judges each request anew: here sums over all are priced.
 */
export function lowerPrice(byModel: ReadonlyMap<string, ModelTokens>, table: ModelTable): LowerPrice | null {
  let best: LowerPrice | null = null;
  let most = WORTH_TELLING;
  for (const [name, tokens] of [...byModel].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const model = table.find(name);
    const now = model && priceOf(tokens, model, model, table);
    if (!now || now < WORTH_TELLING) continue;
    const cheaper = cheaperThan(now, tokens, model, table);
    const cheapest = cheaper.at(-1);
    if (!cheapest || now - cheapest.usd < most) continue;
    most = now - cheapest.usd;
    const others = [...new Set([cheaper[0]!, cheapest])];
    best = {
      model: name,
      requests: tokens.requests,
      usd: rounded(now),
      others: others.map((other) => ({ model: other.model, usd: rounded(other.usd) })),
    };
  }
  return best;
}

/** Of the newer generation, dearest first; of equals the one that stands first in the table, which is the newest. */
function cheaperThan(now: number, tokens: ModelTokens, model: Model, table: ModelTable) {
  return table.models
    .filter((other) => isOffered(other) && familyOf(other) === 'new')
    .flatMap((other) => {
      const usd = priceOf(tokens, model, other, table);
      return usd !== null && usd <= MUCH_LESS * now ? [{ model: other.id, usd }] : [];
    })
    .sort((a, b) => b.usd - a.usd);
}

/** USD of so many tokens of `model` with `other`; null where it has no price. The tier is that of the average request. */
function priceOf(
  { requests, input, output }: ModelTokens,
  model: Model,
  other: Model,
  table: ModelTable,
): number | null {
  const factor = tokensForOne(model, other);
  const above = other.price_above_prompt_tokens;
  const isLong = above && (factor * input) / requests > above.prompt_tokens;
  const price = isLong ? above : other.price_usd_per_mtok;
  return price && (factor * (input * price.input + output * price.output) * table.batchFactor) / 1_000_000;
}

function rounded(usd: number): number {
  return Number(usd.toPrecision(2));
}
