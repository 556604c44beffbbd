import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextHash } from '../../batch/context';
import { bundledModels } from '../../batch/cost/models';
import { analyseLine } from '../../batch/lint';
import { type ModelsOverlay, overlaid, overlayOf } from '../../batch/models-overlay';
import { context, requestLine } from '../support/contexts';

const LATER = '2027-01-01';

/** Rows as the Models API gives them, with fields and values that nobody knows yet. */
const ROWS = [
  {
    type: 'model',
    id: 'claude-haiku-5-5',
    display_name: 'Claude Haiku 5.5',
    max_input_tokens: 2_000_000,
    max_tokens: 1000,
    lifecycle: 'deprecated',
    retires_at: '2027-01-02T00:00:00Z',
    colour: 'green',
    capabilities: {
      effort: {
        supported: true,
        high: { supported: true },
        low: { supported: true },
        max: null,
        ultra: { supported: true },
      },
      thinking: { supported: true, types: { adaptive: { supported: true }, disabled: { supported: false } } },
      telepathy: { supported: true },
    },
  },
  { type: 'model', id: 'claude-opus-9', max_input_tokens: null, lifecycle: 'immortal', capabilities: null },
  { type: 'model' },
  'not a row',
];

const OVERLAY = overlayOf(ROWS, bundledModels, LATER);
const models = overlaid(bundledModels, OVERLAY);

test('limits, effort, thinking and retirement are those that the API said, all else stays', () => {
  const before = bundledModels.find('claude-haiku-5-5');
  const after = models.find('claude-haiku-5-5');
  assert.ok(before?.thinking);
  assert.deepEqual(after, {
    ...before,
    context_window: 2_000_000,
    max_output_tokens: 1000,
    status: 'deprecated',
    retires_on: '2027-01-02',
    effort: ['low', 'high'],
    thinking: { ...before.thinking, accepts: ['adaptive'] },
  });
  assert.deepEqual(models.find('claude-opus-5'), bundledModels.find('claude-opus-5'));
});

test('a model that is new is known, and nothing that is not known of it is refused', () => {
  const wishes = '"temperature":0.5,"thinking":{"type":"adaptive"},"output_config":{"effort":"max"},"max_tokens"';
  const line = requestLine('a').replace('claude-haiku-4-5', 'claude-opus-9').replace('"max_tokens"', wishes);
  const rules = (table: typeof models) =>
    analyseLine(line, context({ models: table })).findings.map(({ rule }) => rule);
  assert.deepEqual(rules(bundledModels), ['sampling-with-thinking', 'unknown-model']);
  assert.deepEqual(rules(models), ['sampling-with-thinking']);
});

test('what was checked under the overlay is told apart from what was checked without', () => {
  assert.equal(models.date, LATER);
  assert.notEqual(contextHash(context({ models })), contextHash(context()));
});

test('an overlay that is older than the table, or none at all, changes nothing', () => {
  const old: ModelsOverlay = { ...OVERLAY, date: '2020-01-01' };
  for (const nothing of [old, undefined, null, 'x', { date: LATER }, { date: LATER, models: { a: 1 } }])
    assert.equal(overlaid(bundledModels, nothing), bundledModels);
});
