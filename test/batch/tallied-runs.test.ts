import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineAnalysis } from '../../batch/analysis';
import { atValue } from '../../batch/finding';
import { TalliedRuns } from '../../batch/tallied-runs';
import { addLine, addTally, newTally, type Tally } from '../../batch/tally';

/** Lines by number: every third has a finding, of one of seven kinds. */
function analysis(number: number): LineAnalysis {
  const message = `Wrong ${number % 7}.`;
  const finding = { rule: 'unknown-field', severity: 'error', message, place: atValue('a'), fixes: [] } as const;
  return { kind: 'invalid', findings: number % 3 === 0 ? [finding] : [], bytes: number };
}

function sumOf(lines: readonly number[]): Tally {
  const tally = newTally(900);
  for (const line of lines) addLine(tally, analysis(line));
  return tally;
}

const numbers = (length: number, first: number) => Array.from({ length }, (_, i) => first + i);
const splice = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(900), added: fc.nat(900) });

test('the sums over runs of lines are the sums over the lines, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), fc.array(splice, { maxLength: 6 }), (length, splices) => {
      let lines = numbers(length, 0);
      const runs = new TalliedRuns(length, { of: (from, to) => sumOf(lines.slice(from, to)), add: addTally });
      for (const { at, removed, added } of splices) {
        const start = Math.floor(at * (lines.length - 1));
        const gone = Math.min(removed, lines.length - start);
        const come = added === 0 && gone === lines.length ? 1 : added;
        lines = [...lines.slice(0, start), ...numbers(come, 10_000 * start), ...lines.slice(start + gone)];
        runs.splice(start, gone, come);
        assert.deepEqual(runs.total, sumOf(lines));
      }
    }),
    { numRuns: 50 },
  );
});

test('a change adds up few lines again', () => {
  let added = 0;
  const of = (from: number, to: number): Tally => {
    added += to - from;
    return sumOf(numbers(to - from, from));
  };
  const runs = new TalliedRuns(50_000, { of, add: addTally });
  assert.equal(runs.total.lines, 50_000);
  added = 0;
  runs.splice(25_000, 1, 1);
  assert.equal(runs.total.lines, 50_000);
  assert.ok(added < 300, `${added} lines`);
});
