import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { align } from '../../../batch/excerpt/align';

const letters = (text: string): string[] => [...text];

test('what stayed is found between what came and what went', () => {
  assert.deepEqual(align(letters('abcd'), letters('abcd')), [0, 1, 2, 3]);
  assert.deepEqual(align(letters('abcd'), letters('axcyd')), [0, undefined, 2, undefined, 3]);
  assert.deepEqual(align(letters('abc'), []), []);
  assert.deepEqual(align([], letters('ab')), [undefined, undefined]);
  assert.deepEqual(align(letters('xaxbx'), letters('ab')), [1, 3]);
});

test('aligned items are equal and in order, and as many as can be', () => {
  const word = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(word, word, (before, after) => {
      const aligned = align(before, after);
      assert.equal(aligned.length, after.length);
      const kept = aligned.flatMap((inBefore, i) => (inBefore === undefined ? [] : [[inBefore, i] as const]));
      for (const [i, [inBefore, inAfter]] of kept.entries()) {
        assert.equal(before[inBefore], after[inAfter]);
        if (i > 0) assert.ok(inBefore > kept[i - 1]![0]);
      }
      assert.equal(kept.length, longestCommon(before, after));
    }),
    { numRuns: 3000 },
  );
});

/** The textbook's table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    let diagonal = 0;
    for (const [j, other] of b.entries()) {
      const above = row[j + 1]!;
      row[j + 1] = item === other ? diagonal + 1 : Math.max(above, row[j]!);
      diagonal = above;
    }
  }
  return row.at(-1)!;
}
