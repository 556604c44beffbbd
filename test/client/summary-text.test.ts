import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledModels } from '../../batch/cost/models';
import { choicesOf, rowView } from '../../client/src/text/results';
import { hopelessSentence, reasonLabel } from '../../client/src/text/retry';
import { summaryMarkdown } from '../../client/src/text/summary';
import { facetsOf } from '../../results/facets';
import type { TableRow } from '../../results/results-table';
import { rowFacts } from '../../results/row-facts';
import { summaryOf } from '../../results/summary';
import { answered, failed } from '../results/rows';
import { exampleRun } from './examples';

const rowOf = (text: string): TableRow => ({
  file: 0,
  line: 0,
  start: 0,
  bytes: text.length,
  ...rowFacts(JSON.parse(text), bundledModels),
});
const ROWS = [
  answered('a', 'Yes'),
  answered('b', 'No, and for many reasons'),
  failed('c', 'invalid_request_error', '`![x](https://example.invalid/x.png)` | <img src=x>\nmore'),
].map(rowOf);

test('a summary says counts, errors, tokens, cost and time', () => {
  const batch = { ...exampleRun().batch, created_at: '2026-11-20T21:04:01Z', ended_at: '2026-11-20T21:10:01Z' };
  const run = exampleRun({ batch: batch as NonNullable<ReturnType<typeof exampleRun>['batch']> });
  const text = summaryMarkdown('tickets.jsonl', summaryOf(ROWS), { run });
  assert.match(text, /3 requests · ended after 6 min/);
  assert.match(text, /\| Answered \| 2 \| 66\.7\u00a0% \|/);
  assert.match(text, /\| Cache hit rate \| 33 % \|/);
  assert.match(text, /\| Estimated before \| \$10\.10 \|/);
  assert.match(text, /end_turn {2}█{30} {2}2/);
});

test('a summary says how many answers do not fit what was asked for, and why', () => {
  const sum = summaryOf(ROWS);
  assert.doesNotMatch(summaryMarkdown('x', sum), /schema/);
  assert.match(summaryMarkdown('x', sum, { misfits: [] }), /Every answer fits the schema of its request\./);
  const misfits = [
    { value: '/score: must be a number', count: 2 },
    { value: 'The answer is no JSON.', count: 1 },
  ];
  const text = summaryMarkdown('x', sum, { misfits });
  assert.match(text, /3 answers do not fit the schema of the request\./);
  assert.match(text, /\| `\/score: must be a number` \| 2 \|/);
});

test('what the API said is text in a summary', () => {
  const line = summaryMarkdown('x', summaryOf(ROWS))
    .split('\n')
    .find((each) => each.includes('invalid_request_error'));
  assert.equal(line?.match(/`/g)?.length, 2);
  assert.equal(line?.match(/(?<!\\)\|/g)?.length, 4);
});

test('a row in words', () => {
  const text = answered('x\u202e', `Line one\n${'word '.repeat(200)}`);
  const view = rowView(rowOf(text), JSON.parse(text), { line: 11, fields: [], estimate: null });
  assert.equal(view.customId, 'x‹U+202E›');
  assert.equal(view.line, '12');
  assert.equal(view.tokens, '150 → 20');
  assert.equal(view.estimated, '');
  assert.match(view.words, /^Line one word word .*…$/);
});

test('filters say how many rows they leave', () => {
  const { outcomes, faults } = choicesOf(facetsOf(ROWS));
  assert.deepEqual(outcomes[0], { value: 'answered', label: 'Answered (2)' });
  assert.match(faults[0]?.label ?? '', /^invalid_request_error: .* \(1\)$/);
});

test('why requests are sent again, or not', () => {
  const reason = { kind: 'errored', fault: 'overloaded_error: Over\nloaded', ids: ['a'], isHopeless: true } as const;
  assert.equal(reasonLabel(reason), 'Failed: overloaded_error: Over loaded');
  assert.equal(hopelessSentence([reason]), 'Left out: 1 request that would fail again unchanged.');
  assert.equal(hopelessSentence([]), '');
});
