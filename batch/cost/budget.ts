import type { ModelCount } from '../model-count';
import { count, counted, usd } from '../wording';
import { RELIABLE_ROWS } from './expected-output';
import type { ModelTable } from './models';
import type { EstimateTotals } from './totals';

/** What of a check decides what a batch could cost. */
export interface Priced {
  readonly requests: number;
  readonly estimate: EstimateTotals;
  readonly models: readonly ModelCount[];
}

/** USD that a batch could cost, and whether its output was seen before or is bounded by `max_tokens` only. */
interface Reckoning {
  readonly input: number;
  /** Calls of server tools, as often as they may come. */
  readonly fees: number;
  /** Output of models whose finished answers are enough to rely on. */
  readonly seen: number;
  /** Output of the others. */
  readonly bound: number;
}

/** Sums of a hundred thousand amounts are off by as much, in USD. */
const ROUNDING = 1e-9;

/**
 * Why a batch may cost more than `maxCost` USD, in sentences that name both figures and what would help; null where it
 * cannot. It counts the input's high end, and the output that is expected after enough finished answers of the same file
 * or model, else the output's bound.
 */
export function overBudget(priced: Priced, maxCost: number, models: ModelTable): string | null {
  const { unpricedRequests, usd: cost } = priced.estimate;
  if (unpricedRequests > 0) {
    return `What it costs is not known, since ${counted(unpricedRequests, 'request')} of it have no price, and at most ${usd(maxCost)} is allowed. A price for the model in "models" of message-batches.json would help.`;
  }
  if (!cost) return null;
  const reckoning = reckon(priced.models, models);
  const most = sumOf(reckoning);
  if (most <= maxCost + ROUNDING) return null;
  const refusal = `It could cost ${usd(most)}, and at most ${usd(maxCost)} is allowed. ${partsPhrase(reckoning)}.`;
  return `${refusal} ${helpPhrase(priced, reckoning, maxCost, models)}`;
}

function reckon(counts: readonly ModelCount[], models: ModelTable): Reckoning {
  let input = 0;
  let fees = 0;
  let seen = 0;
  let bound = 0;
  for (const { model, estimate } of counts) {
    if (!estimate.usd) continue;
    input += estimate.usd.input.high;
    fees += estimate.usd.fees?.high ?? 0;
    if (isReliable(model, models)) seen += estimate.usd.output.expected;
    else bound += estimate.usd.output.high;
  }
  return { input, fees, seen, bound };
}

function sumOf({ input, fees, seen, bound }: Reckoning): number {
  return input + fees + seen + bound;
}

function isReliable(model: string, models: ModelTable): boolean {
  return (models.seenOutput(model)?.rows ?? 0) >= RELIABLE_ROWS;
}

function partsPhrase({ input, fees, seen, bound }: Reckoning): string {
  return [
    `Input at most ${usd(input)}`,
    ...(seen > 0 ? [`output ≈ ${usd(seen)} by earlier answers`] : []),
    ...(bound > 0 ? [`output at most ${usd(bound)} by max_tokens`] : []),
    ...(fees > 0 ? [`calls of server tools at most ${usd(fees)}`] : []),
  ].join(', ');
}

function helpPhrase(priced: Priced, reckoning: Reckoning, maxCost: number, models: ModelTable): string {
  const most = sumOf(reckoning);
  const bounded = priced.models.filter(({ model }) => !isReliable(model, models));
  const longest = Math.max(0, ...bounded.map(({ maxTokens }) => maxTokens));
  const left = maxCost - sumOf(reckoning) + reckoning.bound;
  const perToken = bounded.reduce((sum, { estimate, requests }) => sum + outputPerToken(estimate) * requests, 0);
  const helps = perToken > 0 && left >= perToken ? powerOfTwo(left / perToken) : 0;
  if (helps > 0 && helps < longest) {
    const then = sumOf(reckoning) - reckoning.bound + perToken * helps;
    return `It would help: max_tokens ${count(longest)} → ${count(helps)}: at most ${usd(then)}.`;
  }
  const fit = Math.floor((priced.requests * maxCost) / most);
  return fit > 0
    ? `It would help: a file of its own for about ${count(fit)} of the ${counted(priced.requests, 'request')}, or a cheaper model.`
    : 'A cheaper model or shorter requests would help.';
}

/** USD of one more token of output, on average. */
function outputPerToken({ usd: cost, outputTokens }: EstimateTotals): number {
  return cost && outputTokens.high > 0 ? cost.output.high / outputTokens.high : 0;
}

const powerOfTwo = (amount: number): number => 2 ** Math.floor(Math.log2(amount));
