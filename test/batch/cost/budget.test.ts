import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overBudget } from '../../../batch/cost/budget';
import { bundledModels } from '../../../batch/cost/models';
import { analyseLine } from '../../../batch/lint';
import { modelCounts, totalOf } from '../../../batch/model-count';
import { addLine, newTally } from '../../../batch/tally';
import { context } from '../../support/contexts';

const MODEL = 'claude-haiku-4-5';
const PRICED = bundledModels.with({
  [MODEL]: {
    price_usd_per_mtok: { input: 0, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0, output: 5 },
    price_above_prompt_tokens: null,
  },
});
const ID = PRICED.find(MODEL)?.id ?? '';
const seen = (rows: number, tokens: number) =>
  PRICED.expecting({ output: { seen: { [ID]: { rows, tokens, most: 60, p99: 50 } }, usual: null }, input: {} });

/** `requests` of 1,024 tokens at most, at 5 USD for a million, half of it in a batch. */
function priced(requests: number, models = PRICED, maxTokens = 1024) {
  const judged = { ...context(), models };
  const params = { model: MODEL, max_tokens: maxTokens, messages: [{ role: 'user', content: 'Hi' }] };
  const tally = newTally(0);
  for (let i = 0; i < requests; i++)
    addLine(tally, analyseLine(JSON.stringify({ custom_id: `a${i}`, params }), judged));
  return { requests, estimate: totalOf(tally.models), models: modelCounts(tally.models) };
}

test('without history the bound of the output counts; a lower max_tokens that would do is named', () => {
  // 100 * 1,024 * 2.50 / 1,000,000 = 0.256
  assert.equal(overBudget(priced(100), 0.256, PRICED), null);
  assert.equal(
    overBudget(priced(100), 0.02, PRICED),
    'It could cost $0.26, and at most $0.02 is allowed. Input at most $0.00, output at most $0.26 by max_tokens. It would help: max_tokens 1,024 → 64: at most $0.02.',
  );
});

test('two hundred answers are enough to expect as many tokens, and fewer are not', () => {
  const enough = seen(200, 200 * 40);
  assert.equal(overBudget(priced(100, enough), 0.011, enough), null);
  assert.match(
    overBudget(priced(100, enough), 0.009, enough) ?? '',
    /It could cost \$0\.01, .*output ≈ \$0\.01 by earlier answers/,
  );
  const few = seen(199, 199 * 40);
  assert.match(overBudget(priced(100, few), 0.011, few) ?? '', /output at most \$0\.26 by max_tokens/);
});

test('where no max_tokens helps, fewer requests do', () => {
  assert.match(
    overBudget(priced(100, PRICED, 1), 0.0001, PRICED) ?? '',
    /a file of its own for about (?:39|40) of the 100 requests/,
  );
});

test('what has no price is refused under any budget', () => {
  const unpriced = bundledModels.with({ [MODEL]: { price_usd_per_mtok: null } });
  assert.match(overBudget(priced(2, unpriced), 1000, unpriced) ?? '', /2 requests of it have no price/);
});

test('an answer is expected to be as long as those that were seen, else as a person set it, and never over its bound', () => {
  const outputOf = (models: typeof PRICED, maxTokens?: number) => priced(1, models, maxTokens).estimate.outputTokens;
  assert.equal(outputOf(seen(2, 80)).expected, 40);
  assert.equal(outputOf(seen(2, 80), 16).expected, 16);
  assert.equal(outputOf(PRICED.expecting({ output: { seen: {}, usual: 77 }, input: {} })).expected, 77);
  assert.equal(outputOf(seen(2, 80)).high, 1024);
  assert.equal(seen(2, 80).hash, PRICED.hash);
  assert.equal(
    seen(2, 80)
      .with({ [MODEL]: { name: 'x' } })
      .usualOutput(MODEL),
    40,
  );
});
