import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Breakdown } from '../../batch/cost/breakdown';
import { bundledModels } from '../../batch/cost/models';
import { analyseLine } from '../../batch/lint';
import { breakdownMarkdown } from '../../client/src/text/cost-breakdown';
import { context, requestLine } from '../support/contexts';

const ABOUT = { name: 'tickets.jsonl', uri: 'file:///w/tickets.jsonl', note: 'Judged so.' };

test('a page has prices, parts, models and links to the dearest requests', () => {
  const markdown = pageOf([requestLine('a'), requestLine('b')]);
  assert.match(markdown, /^# What tickets\.jsonl costs\n\n2 requests\.\n/);
  assert.match(markdown, /\| Output, up to \| 128 \| \$0\.00032 \| \$0\.00064 \|/);
  assert.match(markdown, /\| Messages \| \d+ \| \$0\.0\d+ \| [\d.]+ % \|/);
  assert.match(markdown, /\| `claude-haiku-4-5` \| 2 \| \d+ \|/);
  assert.match(
    markdown,
    /\| \[a\]\(command:messageBatches\.goToRequest\?%5B%22file%3A%2F%2F%2Fw%2Ftickets\.jsonl%22%2C0%5D\) \| 1 \| `claude/,
  );
  assert.match(
    markdown,
    /\n\n\[Compare Models\]\(command:messageBatches\.compareModels\?[^)]*\) · \[Export as CSV…\]\(command:messageBatches\.exportCostBreakdown\?[^)]*\) · .*\n\nJudged so\.$/,
  );
});

test('where requests share what caching would pay for, it has a column of its own', () => {
  const system = 'You sort bills by what they are for, and answer in one word. '.repeat(500);
  const shared = Array.from({ length: 30 }, (_, i) =>
    requestLine(`s${i}`).replace('"messages"', `"system":${JSON.stringify(system)},"messages"`),
  );
  const markdown = pageOf(shared);
  const row = (name: string): string[] =>
    markdown
      .split('\n')
      .find((line) => line.startsWith(`| ${name}`))
      ?.split(' | ') ?? [];
  const amount = (cell: string | undefined): number => Number(/\$([\d.]+)/.exec(cell ?? '')?.[1]);
  assert.match(markdown, /\| Tokens \| In a batch \| In a batch with caching \| Sent one by one \|/);
  const [, , batch, cached, alone] = row('Input');
  assert.ok(amount(cached) < amount(batch) && amount(batch) < amount(alone), markdown);
  const [, , most, cachedMost] = row('Both, up to');
  assert.ok(amount(cachedMost) >= amount(most), markdown);
  assert.match(
    markdown,
    /\n\n30 requests begin as others do, .*: 30 of them do not mark it yet\. What it costs depends/,
  );
  assert.doesNotMatch(pageOf([requestLine('a'), requestLine('b')]), /caching|begin as others/);
});

test('what has no price is said to have none; an id cannot write Markdown', () => {
  const markdown = pageOf([
    requestLine('a').replace('claude-haiku-4-5', 'claude-of-tomorrow'),
    requestLine('](x) **b**|'),
  ]);
  assert.match(markdown, /2 requests\. 1 of them without a known price not counted\./);
  assert.match(markdown, /\| `claude-of-tomorrow` \| 1 \| \d+ \| no known price \|/);
  assert.ok(markdown.includes('| [\\](x) \\*\\*b\\*\\*\\|](command:'));
  assert.match(pageOf([requestLine('a').replace('claude-haiku-4-5', 'x')]), /1 request\. No price is known for them\./);
});

function pageOf(lines: readonly string[]): string {
  const breakdown = new Breakdown(bundledModels);
  lines.forEach((text, line) => {
    const analysis = analyseLine(text, context());
    if (analysis.kind === 'request') breakdown.add(line, analysis.facts);
  });
  return breakdownMarkdown(ABOUT, breakdown.finish());
}
