import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareModels, type JudgedWhole, type ModelComparison } from '../../../batch/cost/model-comparison';
import { bundledModels, type ModelTable } from '../../../batch/cost/models';
import { total } from '../../../batch/cost/totals';
import { LineJudge } from '../../../batch/line-judge';
import { totalOf } from '../../../batch/model-count';
import { addLine, newTally } from '../../../batch/tally';
import { context, requestLine } from '../../support/contexts';

test('each model stands in for all that are named, with its own tokens and prices, cheapest first', async () => {
  const text = 'The invoice is for three chairs. '.repeat(40);
  const lines = [line('a', 'claude-opus-4-6', text), line('b', 'claude-of-tomorrow', text)];
  const { now, models } = await comparisonOf(lines);
  assert.equal(now.unpricedRequests, 1);
  assert.equal(models[0]?.model, 'claude-haiku-5-5');
  assert.ok(models.every(({ estimate }) => estimate.requests === 2 && estimate.unpricedRequests === 0));
  const costs = models.map(({ estimate }) => total(estimate.usd!).expected);
  assert.deepEqual(
    costs,
    costs.toSorted((a, b) => a - b),
  );
  for (const { model, estimate } of models) {
    const named = await comparisonOf([line('a', model, text), line('b', model, text)]);
    assert.deepEqual(estimate, named.now, model);
  }
  assert.deepEqual(
    models.filter(({ model }) => model === 'claude-mythos-preview' || model === 'claude-sonnet-4-5-20250929'),
    [],
  );
});

test('requests that a model would refuse are counted, and those that are refused as they are are not', async () => {
  const forced = (id: string, model: string): string => {
    const { params, ...rest } = JSON.parse(line(id, model));
    const tools = [{ name: 'file', input_schema: { type: 'object', properties: {} } }];
    return JSON.stringify({ ...rest, params: { ...params, tools, tool_choice: { type: 'any' } } });
  };
  const { models } = await comparisonOf([forced('a', 'claude-opus-5'), forced('b', 'claude-opus-5-5'), line('c')]);
  const refused = (id: string) => models.find(({ model }) => model === id)?.refused;
  assert.equal(refused('claude-opus-5-5'), 1);
  assert.equal(refused('claude-haiku-5-5'), 0);
});

test('answers that were seen are as long with another model, in its own tokens; what was counted holds for its tokenizer', async () => {
  const seen = { 'claude-opus-5': { rows: 300, tokens: 30_000, most: 150, p99: 120 } };
  const counted = { text: 1.1, media: null, below: 0.01, above: 0.01, error: 0, requests: 20, at: '', corrects: '' };
  const table = bundledModels.expecting({ output: { seen, usual: null }, input: { 'claude-opus-5': counted } });
  const { now, models } = await comparisonOf([line('a', 'claude-opus-5', 'x', 1024)], table);
  const of = (id: string) => models.find(({ model }) => model === id)!.estimate;
  assert.equal(now.outputTokens.expected, 100);
  assert.equal(of('claude-haiku-5-5').outputTokens.expected, 100);
  assert.deepEqual(of('claude-opus-4-8').inputTokens, now.inputTokens);
  assert.ok(of('claude-haiku-4-5-20251001').outputTokens.expected < 90);
});

function line(id: string, model = 'claude-opus-5', content = 'Hello', maxTokens = 64): string {
  return requestLine(id, content)
    .replace('claude-haiku-4-5', model)
    .replace('"max_tokens":64', `"max_tokens":${maxTokens}`);
}

function comparisonOf(lines: readonly string[], table: ModelTable = bundledModels): Promise<ModelComparison> {
  return compareModels(table, (models) => Promise.resolve(judged(lines, models)));
}

function judged(lines: readonly string[], models: ModelTable): JudgedWhole {
  const judge = new LineJudge(context({ models }));
  const tally = newTally(0);
  const refused = new Set<number>();
  for (const [number, text] of lines.entries()) {
    const analysis = judge.judgeText(text);
    if (analysis.findings.some(({ severity }) => severity === 'error')) refused.add(number);
    addLine(tally, analysis);
  }
  return { estimate: totalOf(tally.models), refused };
}
