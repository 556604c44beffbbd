import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Range } from '../../batch/cost/range';
import type { EstimateTotals } from '../../batch/cost/totals';
import { comparisonMarkdown } from '../../client/src/text/model-comparison';

test('a page has what a file costs as it is, and with each model beside it', () => {
  const markdown = comparisonMarkdown(
    { name: 'tickets.jsonl', uri: 'file:///w/tickets.jsonl', models: ['claude-opus-5'] },
    {
      now: priced(10),
      models: [
        { model: 'claude-haiku-5-5', estimate: priced(0.2), refused: 0 },
        { model: 'claude-fable-5-1', estimate: priced(30), refused: 1200 },
      ],
    },
  );
  assert.match(markdown, /^# What tickets\.jsonl would cost with other models\n\n8,000 requests, /);
  assert.ok(
    markdown.includes('| **As it is**: `claude-opus-5` | 1,000 | $10.00 | $1.00 | $2.00 | $11.00 | 100 % | – |'),
  );
  assert.ok(markdown.includes('| `claude-haiku-5-5` | 1,000 | $0.20 | $1.00 | $2.00 | $1.20 | 11 % | – |'));
  assert.ok(markdown.includes('| `claude-fable-5-1` | 1,000 | $30.00 | $1.00 | $2.00 | $31.00 | 2.8 times | 1,200 |'));
  assert.match(markdown, /\[Show Cost Breakdown\]\(command:messageBatches\.showCostBreakdown\?/);
});

function priced(input: number): EstimateTotals {
  const usd = { input: range(input), output: { low: 0, expected: 1, high: 2 } };
  const tokens = { inputTokens: range(1000), outputTokens: range(10) };
  return { requests: 8000, ...tokens, usd, standardUsd: usd, unpricedRequests: 0 };
}

function range(expected: number): Range {
  return { low: expected, expected, high: expected };
}
