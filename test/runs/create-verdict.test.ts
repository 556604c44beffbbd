import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CreateVerdict, pauseBeforeNext, verdictOnCreate } from '../../runs/create-verdict';
import type { RunErrorKind } from '../../runs/run-error';

const verdicts: readonly (readonly [what: number | RunErrorKind, released: boolean, CreateVerdict])[] = [
  ...[301, 302, 303, 307, 308].map((status) => [status, true, 'refused'] as const),
  ...[400, 401, 403, 404, 405, 413, 501].map((status) => [status, true, 'refused'] as const),
  ...[400, 401, 413].map((status) => [status, false, 'refused'] as const),
  ...[429, 529].map((status) => [status, true, 'later'] as const),
  ...[408, 409, 418, 500, 502, 503, 504, 520].map((status) => [status, true, 'unknown'] as const),
  ...[500, 502, 503, 504].map((status) => [status, false, 'at-once'] as const),
  ['network', true, 'unknown'],
  ['network', false, 'at-once'],
  ['canceled', true, 'unknown'],
  ['canceled', false, 'refused'],
  ['changed', false, 'refused'],
  ['disk', false, 'refused'],
  ['key-header', true, 'at-once'],
  ['billing', true, 'refused'],
];

for (const [what, released, verdict] of verdicts) {
  test(`create: ${what}, ${released ? 'all' : 'not all'} handed over: ${verdict}`, () => {
    const [status, kind] = typeof what === 'number' ? [what, kindOf(what)] : [null, what];
    assert.equal(verdictOnCreate({ status, kind }, released), verdict);
  });
}

const kindOf = (status: number): RunErrorKind => (status >= 500 ? 'server' : 'invalid');

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const pauses: readonly [CreateVerdict, number: number, retryAfterMs: number | null, pause: number | null][] = [
  ['later', 1, null, SECOND],
  ['later', 2, null, 2 * SECOND],
  ['later', 7, null, 60 * SECOND],
  ['later', 11, null, 60 * SECOND],
  ['later', 12, null, null],
  ['later', 1, 0, 0],
  ['later', 1, 45 * SECOND, 45 * SECOND],
  ['later', 5, 2 * SECOND, 2 * SECOND],
  ['later', 1, HOUR, HOUR],
  ['later', 1, HOUR + 1, null],
  ['later', 12, SECOND, null],
  ['at-once', 1, null, 0],
  ['at-once', 2, null, SECOND],
  ['at-once', 3, null, 3 * SECOND],
  ['at-once', 4, null, null],
  ['unknown', 1, SECOND, null],
  ['refused', 1, SECOND, null],
];

for (const [verdict, number, retryAfterMs, pause] of pauses) {
  const asked = retryAfterMs === null ? '' : `, retry-after ${retryAfterMs} ms`;
  test(`${verdict} after attempt ${number}${asked}: ${pause === null ? 'not again' : `again in ${pause} ms`}`, () => {
    assert.equal(pauseBeforeNext(verdict, number, retryAfterMs), pause);
  });
}
