import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadlinesPhrase, isExpiring, resultsUntil } from '../../runs/deadlines';
import { exampleRun } from '../client/examples';

const DAY = 24 * 60 * 60_000;
const run = exampleRun();
const created = Date.parse(run.batch?.created_at ?? '');
const ended = {
  ...run,
  state: 'ended' as const,
  batch: run.batch && { ...run.batch, processing_status: 'ended' as const },
};

test('results are kept for 29 days from creation', () => {
  assert.equal(resultsUntil({ created_at: '2026-11-20T21:04:00.000Z' }), Date.parse('2026-12-19T21:04:00.000Z'));
});

const cases: readonly [days: number, expiring: boolean][] = [
  [0, false],
  [23.9, false],
  [24, true],
  [28.9, true],
  [29, false],
  [40, false],
];
for (const [days, expiring] of cases) {
  test(`after ${days} days there is ${expiring ? 'a' : 'no'} warning`, () => {
    assert.equal(isExpiring(ended, created + days * DAY), expiring);
    // What is on disk does not go.
    assert.equal(isExpiring({ ...ended, state: 'fetched' }, created + days * DAY), false);
  });
}

test('both deadlines are said while it runs, one when it has ended', () => {
  assert.equal(
    deadlinesPhrase(run, created),
    'It is answered until 2026-11-21 21:04 UTC at the latest, and its results are kept until 2026-12-19 21:04 UTC.',
  );
  assert.equal(deadlinesPhrase(ended, created), 'Its results are kept until 2026-12-19 21:04 UTC.');
  assert.equal(deadlinesPhrase(ended, created + 30 * DAY), 'Its results were kept until 2026-12-19 21:04 UTC.');
  assert.equal(deadlinesPhrase({ ...ended, state: 'fetched' }, created), undefined);
});
