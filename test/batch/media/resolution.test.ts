import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageTokens, mostImageTokens, seenSize } from '../../../batch/media/resolution';

test('the sizes are those of the documentation', () => {
  assert.deepEqual(seenSize({ width: 1920, height: 1080 }, 'standard'), { width: 1456, height: 819 });
  assert.deepEqual(seenSize({ width: 1075, height: 1520 }, 'standard'), { width: 924, height: 1307 });
  assert.deepEqual(seenSize({ width: 1075, height: 1520 }, 'high-res'), { width: 1075, height: 1520 });
  assert.equal(imageTokens({ width: 1000, height: 1000 }), 1296);
  assert.equal(imageTokens({ width: 1920, height: 1080 }), 2691);
});

test('no image is seen larger than its model’s tier, or than it is', () => {
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(side, side, fc.constantFrom('standard', 'high-res'), (width, height, tier) => {
      const seen = seenSize({ width, height }, tier);
      assert.ok(imageTokens(seen) <= mostImageTokens(tier));
      assert.ok(seen.width >= 1 && seen.width <= width && seen.height >= 1 && seen.height <= height);
      assert.deepEqual(seenSize(seen, tier), seen);
    }),
  );
});
