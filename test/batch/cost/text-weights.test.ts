import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineReader, PADDING } from '../../../batch/alike/line-reader';
import { TextScale, textWeights } from '../../../batch/cost/text-weights';
import { utf8Bytes } from '../../../batch/utf8';

test('a text weighs the same read from the bytes of a line as from a string', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.lorem());
  fc.assert(
    fc.property(text, fc.constantFrom('old' as const, 'new' as const), fc.boolean(), (text, family, escaped) => {
      const visible = `x${text}`;
      const json = escaped ? asciiJson(visible) : JSON.stringify(visible);
      const [read, added] = [new TextScale(textWeights[family]), new TextScale(textWeights[family])];
      const bytes = utf8Bytes(json + '\0'.repeat(PADDING));
      const reader = new LineReader();
      reader.start({ memory: new DataView(bytes.buffer), from: 1, to: bytes.length - PADDING });
      assert.ok(reader.readText(read));
      added.add(visible);
      assert.deepEqual([read.weight, read.foreign], [added.weight, added.foreign]);
    }),
  );
});

test('words, numbers and scripts weigh about what the tokenizers make of them', () => {
  const tokens = (text: string, family: 'old' | 'new' = 'old') => {
    const scale = new TextScale(textWeights[family]);
    scale.add(text);
    return scale.weight / 1000;
  };
  const prose = 'The quick brown fox jumps over the lazy dog, and then it rests in the shade of an old tree. ';
  assert.ok(Math.abs(tokens(prose) - 21) < 4, `${tokens(prose)} tokens of 21`);
  assert.ok(tokens(prose, 'new') > 1.2 * tokens(prose));
  assert.ok(tokens('吾輩は猫である。名前はまだ無い。') > 10);
  assert.equal(tokens(prose.repeat(10)) > 9 * tokens(prose), true);
});

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
