import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_ESTIMATE } from '../../batch/cost/totals';
import { costMarkdown, fileStatus } from '../../client/src/text/file-status';
import { exampleCheck } from './examples';

const summary = { ...exampleCheck(), checkedFromDiskAt: null };

test('the status bar keeps the three figures apart', () => {
  const { text, spoken } = fileStatus('tickets.jsonl', summary);
  assert.equal(text, '$(tasklist) 40,000 requests · 61 MB · in ≈ $9.60 ($9.00–$10.20) · out ≈ $0.50, up to $102.40');
  assert.match(spoken, /^Batch file tickets\.jsonl, 40,000 requests/);
});

test('it shows errors, unknown prices and checks from disk', () => {
  const counts = { error: 2, warning: 1, information: 0, hint: 0 };
  assert.match(fileStatus('t', { ...summary, counts }).text, /^\$\(error\)/);
  assert.match(fileStatus('t', { ...summary, counts }).spoken, /2 errors, 1 warning$/);
  assert.equal(
    fileStatus('t', { ...summary, estimate: { ...summary.estimate, usd: null } }).text,
    '$(tasklist) 40,000 requests · 61 MB',
  );
  const at = new Date(2026, 10, 20, 14, 2).getTime();
  assert.match(
    fileStatus('t', { ...summary, checkedFromDiskAt: at }).text,
    /checked from disk at 14:02 · 40,000 requests/,
  );
  assert.match(
    fileStatus('t', { ...summary, checkedFromDiskAt: at }, { said: 'being written' }).text,
    /^\$\(tasklist\) being written · 40,000/,
  );
});

test('without requests there is no size', () => {
  const empty = { ...summary, requests: 0, bytes: 15, estimate: NO_ESTIMATE, models: [] };
  assert.equal(fileStatus('t', empty).text, '$(tasklist) 0 requests');
  assert.match(costMarkdown('t', empty), /^\*\*t\*\* · 0 requests\n/);
});

test('the breakdown has the price of the same requests sent one by one', () => {
  const markdown = costMarkdown('tickets.jsonl', summary);
  assert.match(markdown, /\| Input, expected \| 19,200,000 \| \$9\.60 \| \$19\.20 \|/);
  assert.match(markdown, /\| Output, up to \| 40,960,000 \| \$102\.40 \| \$204\.80 \|/);
  assert.match(markdown, /API version 2026-10-21, no betas, models of 2026-11-20\./);
});

test('it says what caching would make of the input, where it pays', () => {
  const usd = { low: -0.4, expected: 3.1, high: 6 };
  const caching = { ...summary.caching, requests: 40_000, unmarked: 40_000, usd };
  assert.match(
    costMarkdown('t', { ...summary, caching }),
    /\n\nWith caching for an hour: input ≈ \$6\.50 \(\$3\.60 to \$10\.00, by how many find the cache filled\)\.\n\n/,
  );
  assert.doesNotMatch(costMarkdown('t', summary), /caching/);
});

test('the breakdown says what each model costs', () => {
  const [model] = summary.models;
  const { estimate } = summary;
  const models = model
    ? [
        { ...model, estimate },
        { ...model, model: 'x', requests: 1 },
      ]
    : [];
  const markdown = costMarkdown('tickets.jsonl', { ...summary, models });
  assert.match(markdown, /\| `claude-haiku-4-5` \| 40,000 \| 19,200,000 \| \$9\.60 \| \$0\.50 \| \$102\.40 \|/);
  assert.match(markdown, /\| `x` \| 1 \| 0 \| no known price \| – \| – \|/);
});
