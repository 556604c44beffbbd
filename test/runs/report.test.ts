import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_ESTIMATE } from '../../batch/cost/totals';
import type { JsonObject } from '../../batch/json';
import { fetchRun } from '../../runs/fetch-results';
import { quoteOf } from '../../runs/quote';
import { inputErrorPhrase, reportCsv, reportOf } from '../../runs/report';
import type { Run } from '../../runs/run';
import { exampleCheck, exampleOutcome, exampleRun } from '../client/examples';
import { checkOf, MODELS, newWorld } from './setup';

const answers = {
  model: 'claude-haiku-4-5-20251001',
  rows: 39_688,
  inputTokens: 900_000,
  cacheWriteTokens: 30_000,
  cacheReadTokens: 70_000,
  outputTokens: 250_000,
  mostOutputTokens: 60,
  p99OutputTokens: 40,
};
const quote = {
  ...quoteOf(exampleCheck(), MODELS),
  inputTokens: { low: 900_000, expected: 1_050_000, high: 1_200_000 },
};
const done = exampleRun({ state: 'fetched', quote, outcome: { ...exampleOutcome, answers: [answers] } });
const on = (day: string, changes: Partial<Run> = {}): Run => ({
  ...done,
  id: day,
  startedAt: `${day}T12:00:00.000Z`,
  ...changes,
});

test('a run is told with its tokens, its estimate and its cost', () => {
  const [row] = reportOf([done]).runs;
  assert.ok(row);
  const { source, succeeded, errored, cost_usd, key, state } = row;
  assert.deepEqual(
    [source, succeeded, errored, cost_usd, key, state],
    ['/batches/tickets.batch.jsonl', 39_688, 312, 14.2, 'team', 'results on disk'],
  );
  const { input_tokens, output_tokens, cache_read_tokens, cache_write_tokens } = row;
  assert.deepEqual(
    [input_tokens, output_tokens, cache_read_tokens, cache_write_tokens],
    [900_000, 250_000, 70_000, 30_000],
  );
});

test('the error of the estimate counts the requests that were answered, and all that was read', () => {
  // 1,050,000 * 39,688 / 40,000 = 1,041,810 estimated for 1,000,000 billed.
  assert.equal(reportOf([done]).runs[0]?.input_error_percent, 4.18);
  assert.equal(inputErrorPhrase(done), 'input estimated 4.2 % too high');
  assert.equal(inputErrorPhrase(exampleRun()), null);
});

test('days of UTC bound the period on both sides; what was never sent is left out', () => {
  const runs = [on('2026-11-21'), on('2026-11-20'), on('2026-11-19'), on('2026-11-18', { state: 'not-sent' })];
  const days = (period: object) => reportOf(runs, period).runs.map(({ run }) => run);
  assert.deepEqual(days({}), ['2026-11-19', '2026-11-20', '2026-11-21']);
  assert.deepEqual(days({ since: '2026-11-20' }), ['2026-11-20', '2026-11-21']);
  assert.deepEqual(days({ since: '2026-11-20', until: '2026-11-20' }), ['2026-11-20']);
});

test('the last line says what the sums cover: neither the sandbox nor what is not known', () => {
  const unpriced = on('2026-11-20', { outcome: { ...exampleOutcome, usd: null } });
  const runs = [on('2026-11-18'), on('2026-11-19', { sandbox: true }), unpriced];
  const report = reportOf(runs);
  assert.equal(report.cost_usd, 14.2);
  const lines = reportCsv(report).split('\r\n');
  assert.equal(lines.length, 6);
  assert.ok(lines[0]?.startsWith('date,run,batch,source,state,sandbox,models,requests,succeeded'));
  assert.match(
    lines[4] ?? '',
    /^"Real cost known for 2 of 3 runs, 1 run in the sandbox not in the sums; list prices; the invoice may differ",/,
  );
  const columns = lines.slice(0, 5).map((line) => line.replace(/"[^"]*"/g, '').split(',').length);
  assert.equal(new Set(columns).size, 1);
});

test('a run of an earlier version has empty cells', () => {
  const { quote: _, ...earlier } = exampleRun({ state: 'fetched', outcome: exampleOutcome });
  const [row] = reportOf([earlier]).runs;
  assert.deepEqual([row?.input_tokens, row?.input_error_percent, row?.prices_of, row?.models], [null, null, null, '']);
});

test('a run is billed by the prices of the day on which it was sent', async (t) => {
  const world = await newWorld(t);
  const source = await world.write(['a', 'b']);
  const check = {
    ...(await checkOf(source)),
    models: [{ model: 'claude-haiku-4-5', requests: 2, estimate: NO_ESTIMATE, maxTokens: 16 }],
  };
  const { run } = await world.submit(source, { check });
  await world.sandbox.end(run.batch?.id ?? '');
  const { batch } = await world.api.retrieve(run.batch?.id ?? '');
  const ended = await world.journal.update(run.id, { state: 'ended', batch });
  const row = MODELS.find('claude-haiku-4-5');
  assert.ok(row?.price_usd_per_mtok);
  const dearer = { ...row.price_usd_per_mtok, input: 1_000_000, output: 1_000_000 } as unknown as JsonObject;
  const later = MODELS.with({ 'claude-haiku-4-5': { price_usd_per_mtok: dearer } }, '2027-01-01');
  const fetched = await fetchRun(ended, { api: world.api, journal: world.journal, models: later });
  assert.ok(fetched?.outcome?.usd && fetched.outcome.usd < 0.01, `${fetched?.outcome?.usd}`);
  assert.equal(fetched.quote?.prices.date, MODELS.date);
  assert.equal(fetched.outcome.answers?.[0]?.rows, 2);
});
