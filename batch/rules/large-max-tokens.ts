import { RELIABLE_ROWS, type SeenOutput } from '../cost/expected-output';
import { fix, replace } from '../edit';
import { isObject, type JsonObject } from '../json';
import { LARGE_MAX_TOKENS_FACTOR, SMALL_MAX_TOKENS } from '../limits';
import { count } from '../wording';
import type { LineRule } from './rule';

const PATH = ['params', 'max_tokens'];

/** A bound far above what answers ever had. */
export const largeMaxTokens: LineRule = {
  id: 'large-max-tokens',
  severity: 'hint',
  refusedAt: 'never',
  title: 'max_tokens far above what answers used',
  docs: `Output that is not written costs nothing, but \`max_tokens\` is all that bounds the price of an answer that goes astray, and
so the price of the batch.

Reported where at least 200 answers of the same file, else of the same model, were seen in finished runs on this machine,
and \`max_tokens\` is four times what would have been enough for them or more. Enough is a power of two that no answer went
over, and at least twice what 99 of 100 stayed within; it is above the thinking budget.

The API accepts it.

Source: what was seen in your own results; the factor is ours, in \`schemas/limits.json\`.`,
  check({ params }, context, report) {
    const { model, max_tokens: asked } = params;
    const seen = typeof model === 'string' ? context.models.seenOutput(model) : undefined;
    if (!seen || seen.rows < RELIABLE_ROWS || typeof asked !== 'number') return;
    const enough = enoughFor(seen, thinkingBudgetOf(params));
    if (asked < LARGE_MAX_TOKENS_FACTOR * enough) return;
    report(
      PATH,
      `max_tokens is ${count(asked)}, and of ${count(seen.rows)} earlier answers 99 of 100 had at most ${count(seen.p99)} tokens, the longest ${count(seen.most)}.`,
      fix(`Set max_tokens to ${count(enough)}`, replace(PATH, enough)),
    );
  },
};

function enoughFor({ p99, most }: SeenOutput, thinkingBudget: number): number {
  const least = Math.max(2 * p99, most, thinkingBudget + 1, SMALL_MAX_TOKENS);
  return 2 ** Math.ceil(Math.log2(least));
}

function thinkingBudgetOf({ thinking }: JsonObject): number {
  const budget = isObject(thinking) ? thinking.budget_tokens : undefined;
  return typeof budget === 'number' ? budget : 0;
}
