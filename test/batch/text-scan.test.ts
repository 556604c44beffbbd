import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scanText } from '../../batch/text-scan';

test('depth is that of the value', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
  fc.assert(fc.property(fc.json(), (text) => scanText(text, Infinity).depth === depthOf(JSON.parse(text))));
});

test('valid JSON without repeated keys repeats none', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => !scanText(JSON.stringify(value), Infinity).repeatsKey));
});

test('a repeated key is seen however it is written', () => {
  for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '[{"b":{"x":1,"y":{},"x":2}}]', '{"a" : 1, "a"\t:2}'])
    assert.equal(scanText(text, 256).repeatsKey, true, text);
  for (const text of ['{"a":"a","b":{"a":1}}', '[{"a":1},{"a":2}]', '{"a":["a","a"]}', '{"k":"\\"k\\":"}'])
    assert.equal(scanText(text, 256).repeatsKey, false, text);
});

test('a number too large is found, a large one is not', () => {
  assert.deepEqual(scanText('{"a":1e400}', 256).hugeNumber, { start: 5, end: 10 });
  assert.deepEqual(scanText(`[-${'9'.repeat(400)}]`, 256).hugeNumber, { start: 1, end: 402 });
  assert.equal(scanText('{"a":1e300,"b":"1e400"}', 256).hugeNumber, null);
});

test('a bomb is not followed to its end', () => {
  assert.equal(scanText('['.repeat(1_000_000), 256).depth, 257);
  assert.equal(scanText('{"a":'.repeat(1_000_000), 256).depth, 257);
});
