import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MOST_BYTES_A_UNIT, utf8Length, writeUtf8 } from '../../batch/utf8';

test('text is written as UTF-8, and never where a surrogate stands alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud83d', '\ude42', 'é🙂'), (before, after) => {
      const text = before + after;
      const target = new Uint8Array(text.length * MOST_BYTES_A_UNIT);
      const written = writeUtf8(text, target);
      assert.equal(utf8Length(text), Buffer.byteLength(text));
      if (!text.isWellFormed()) assert.equal(written, -1);
      else assert.deepEqual(Buffer.from(target.subarray(0, written)), Buffer.from(text));
    }),
  );
});
