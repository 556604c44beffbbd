import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPollDelay, type PollVerdict, verdictOnPoll } from '../../runs/poll-policy';
import type { RunErrorKind } from '../../runs/run-error';

const MINUTE = 60_000;
const calm = { retryAfterMs: null, failures: 0, sandbox: false, chance: 0.5 };

test('polls are ten seconds apart at first, a minute after ten, five after hours', () => {
  const ages = [0, 1, 5, 10, 59, 60, 90, 150, 1000].map((minutes) => minutes * MINUTE);
  const delays = ages.map((ageMs) => nextPollDelay({ ...calm, ageMs }) / 1000);
  assert.deepEqual(delays, [10, 10, 30, 60, 60, 120, 180, 300, 300]);
});

test('what the API asks for is the least, failures back off, a sandbox is asked each second', () => {
  assert.equal(nextPollDelay({ ...calm, ageMs: 0, retryAfterMs: 45_000 }), 45_000);
  assert.equal(nextPollDelay({ ...calm, ageMs: 90 * MINUTE, retryAfterMs: 10_000 }), 180_000);
  const failing = [1, 2, 3, 4, 10].map((failures) => nextPollDelay({ ...calm, ageMs: 0, failures }) / 1000);
  assert.deepEqual(failing, [10, 20, 40, 80, 300]);
  assert.equal(nextPollDelay({ ...calm, ageMs: 0, sandbox: true }), 1000);
});

test('no two programs ask in step, and none asks sooner than in ten seconds or later than in five minutes', () => {
  const at = (minutes: number, chance: number) => nextPollDelay({ ...calm, ageMs: minutes * MINUTE, chance }) / 1000;
  assert.deepEqual([at(5, 0), at(5, 0.25), at(5, 0.999)].map(Math.round), [27, 29, 33]);
  assert.deepEqual([at(0, 0), at(1000, 0.999)], [10, 300]);
  assert.equal(nextPollDelay({ ...calm, ageMs: 0, retryAfterMs: 45_000, chance: 0 }), 45_000);
});

test('who asks for more than an hour of patience is asked again after an hour', () => {
  const asked = [59, 60, 61, 600].map((minutes) => minutes * MINUTE);
  const delays = asked.map((retryAfterMs) => nextPollDelay({ ...calm, ageMs: 0, retryAfterMs }) / MINUTE);
  assert.deepEqual(delays, [59, 60, 60, 60]);
});

const failures: readonly [RunErrorKind, number | null, minutes: number, sameKey: boolean, PollVerdict][] = [
  ['not-found', 404, 0, true, 'not-visible-yet'],
  ['not-found', 404, 9, true, 'not-visible-yet'],
  ['not-found', 404, 10, true, 'not-visible'],
  ['not-found', 404, 0, false, 'not-visible'],
  ['auth', 401, 0, true, 'pause'],
  ['permission', 403, 0, true, 'pause'],
  ['rate-limit', 429, 0, true, 'slow-all'],
  ['billing', 429, 0, true, 'slow-all'],
  ['overloaded', 529, 0, true, 'again'],
  ['server', 500, 0, true, 'again'],
  ['server', null, 0, true, 'again'],
  ['network', null, 0, true, 'again'],
  ['invalid', 400, 0, true, 'again'],
  ['disk', null, 0, true, 'pause'],
];

for (const [kind, status, minutes, sameKey, verdict] of failures) {
  test(`${kind} ${status ?? 'without an answer'} after ${minutes} min with ${sameKey ? 'its' : 'another'} key: ${verdict}`, () => {
    assert.equal(verdictOnPoll({ kind, status }, { ageMs: minutes * MINUTE, sameKey }), verdict);
  });
}
