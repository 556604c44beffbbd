import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineFacts } from '../../../batch/analysis';
import { Breakdown } from '../../../batch/cost/breakdown';
import { COST_HEADER, costRecord } from '../../../batch/cost/cost-csv';
import { bundledModels } from '../../../batch/cost/models';
import { total } from '../../../batch/cost/totals';
import { analyseLine } from '../../../batch/lint';
import { context, requestLine } from '../../support/contexts';

const TOOL = { name: 'rates', description: 'Looks up the rates of a day.', input_schema: { type: 'object' } };

test('parts, models and dearest requests add up to the file', () => {
  const facts = [
    factsOf('a', {}),
    factsOf('b', { system: 'Answer in one word. '.repeat(50), tools: [TOOL] }),
    factsOf('c', { model: 'claude-opus-5', messages: [{ role: 'user', content: 'Why? '.repeat(500) }] }),
    factsOf('d', { model: 'claude-of-tomorrow' }),
  ];
  const { total: whole, models, dearest } = brokenDown(facts);
  const { tokens, usd, estimate } = whole;
  assert.deepEqual([estimate.requests, estimate.unpricedRequests], [4, 1]);
  const parts = [tokens.system, tokens.tools, tokens.messages, tokens.media];
  assert.ok(Math.abs(sumOf(parts) / estimate.inputTokens.expected - 1) < 0.01);
  assert.ok(tokens.tools > 400 && tokens.system > 200 && tokens.media === 0);
  assert.ok(Math.abs(usd.system + usd.tools + usd.messages - (estimate.usd?.input.expected ?? 0)) < 1e-12);
  assert.deepEqual(
    models.map(({ model, estimate: { requests } }) => [model, requests]),
    [
      ['claude-opus-5', 1],
      ['claude-haiku-4-5', 2],
      ['claude-of-tomorrow', 1],
    ],
  );
  assert.deepEqual(
    dearest.map(({ line, customId }) => [line, customId]),
    [
      [2, 'c'],
      [1, 'b'],
      [0, 'a'],
    ],
  );
});

test('the dearest are ten of however many, in order, the first of equals', () => {
  const facts = Array.from({ length: 200 }, (_, i) => factsOf(`r${i}`, { max_tokens: 1 + ((i * 7) % 50) }));
  const amounts = facts.map(({ estimate }) => (estimate.usd ? total(estimate.usd).expected : 0));
  const wanted = facts
    .map((_, line) => line)
    .sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b)
    .slice(0, 10);
  assert.deepEqual(
    brokenDown(facts).dearest.map(({ line }) => line),
    wanted,
  );
});

test('a record has a cell for each column, in plain digits, and no formula', () => {
  const columns = COST_HEADER.trimEnd().split(',');
  const cells = costRecord('a.jsonl', 0, factsOf('a', {})).trimEnd().split(',');
  const row = Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  assert.equal(cells.length, columns.length);
  assert.deepEqual([row.file, row.line, row.custom_id, row.output_tokens_at_most], ['a.jsonl', '1', 'a', '64']);
  assert.match(row.batch_input_usd_expected ?? '', /^0\.0000\d+$/);
  const odd = costRecord('a.jsonl', 1, factsOf('=1+1', { model: 'claude-of-tomorrow' }));
  assert.match(odd, /^a\.jsonl,2,'=1\+1,claude-of-tomorrow,.*,,,,,,\r\n$/);
});

function brokenDown(facts: readonly LineFacts[]) {
  const breakdown = new Breakdown(bundledModels);
  facts.forEach((each, line) => {
    breakdown.add(line, each);
  });
  return breakdown.finish();
}

function factsOf(customId: string, params: object): LineFacts {
  const request = JSON.parse(requestLine(customId));
  const text = JSON.stringify({ ...request, params: { ...request.params, ...params } });
  const analysis = analyseLine(text, context());
  assert.ok(analysis.kind === 'request');
  return analysis.facts;
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
