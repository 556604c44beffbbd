import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyChanges } from '../../batch/apply-edits';
import { minifyChanges } from '../../batch/minify-line';

const minified = (text: string): string => applyChanges(text, minifyChanges(text));

test('only blanks between tokens go', () => {
  assert.equal(minified('{ "a b" : [ 1.50 , "c \\" d" ] ,\t"e": 1E3 }'), '{"a b":[1.50,"c \\" d"],"e":1E3}');
  assert.equal(minified('{"a": "not closed, so it stays'), '{"a":"not closed, so it stays');
  assert.deepEqual(minifyChanges('{"a":"b c"}'), []);
});

test('the value stays, whatever the layout', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, '\t'), (value, indent) => {
      const compact = JSON.stringify(value);
      assert.equal(minified(JSON.stringify(value, null, indent)), compact);
      assert.equal(minified(compact), compact);
    }),
  );
});
