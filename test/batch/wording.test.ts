import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aboutUsd, costPhrase, counted, range, size, upToUsd, usd } from '../../batch/wording';

test('amounts of money keep two digits that say something', () => {
  const said = [0, 9.6, 1234.5, 0.01, 0.00999, 0.0012, 0.000016, 0.0000004].map(usd);
  assert.deepEqual(said, ['$0.00', '$9.60', '$1,234.50', '$0.01', '$0.01', '$0.0012', '$0.000016', '$0.0000004']);
});

test('at a glance less than a cent is less than a cent, and a bound is never less', () => {
  assert.deepEqual([0, 9.6, 0.00995, 0.0012].map(aboutUsd), ['≈ $0.00', '≈ $9.60', '≈ $0.01', '< $0.01']);
  assert.deepEqual([0, 9.6, 0.0012].map(upToUsd), ['up to $0.00', 'up to $9.60', 'up to $0.01']);
  const tiny = { low: 0.000_002, expected: 0.000_003, high: 0.000_004 };
  assert.equal(costPhrase({ input: tiny, output: tiny }), 'input < $0.01 · output < $0.01 expected, up to $0.01');
});

test('sizes are said in decimal units', () => {
  const said = [0, 312, 999, 999.6, 1400, 9960, 61_000_000, 256_000_000, 1.5e9].map(size);
  assert.deepEqual(said, [
    '0 bytes',
    '312 bytes',
    '999 bytes',
    '1.0 KB',
    '1.4 KB',
    '10 KB',
    '61 MB',
    '256 MB',
    '1.5 GB',
  ]);
});

test('counts, ranges and costs', () => {
  assert.deepEqual([counted(1, 'request'), counted(40_000, 'request')], ['1 request', '40,000 requests']);
  assert.equal(range({ low: 1100, expected: 1234, high: 1400 }), '1,234 (1,100–1,400)');
  assert.equal(range({ low: 7, expected: 7, high: 7 }), '7');
  const cost = { input: { low: 9, expected: 9.6, high: 10 }, output: { low: 0, expected: 0.5, high: 102.4 } };
  assert.equal(costPhrase(cost), 'input ≈ $9.60 ($9.00–$10.00) · output ≈ $0.50 expected, up to $102.40');
});
