import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitLines } from '../../batch/lines';
import { LineSplitter, linesOf, type RawLine } from '../../files/line-splitter';

const text = fc
  .array(fc.constantFrom('a', 'é🙂', '\n', '\r\n', '\r', '{"custom_id":"x"}', '', ' '), { maxLength: 14 })
  .map((parts) => parts.join(''));

const plain = ({ bytes, ...rest }: Pick<RawLine, 'bytes' | 'start' | 'eol' | 'mark'>) => ({
  bytes: Buffer.from(bytes).toString(),
  start: rest.start,
  eol: rest.eol,
  mark: rest.mark,
});

function split(bytes: Buffer, sizes: readonly number[]) {
  const splitter = new LineSplitter();
  const kept = ({ bytes, start, eol, mark }: RawLine) => ({ bytes: bytes.slice(), start, eol, mark });
  const lines: ReturnType<typeof kept>[] = [];
  let from = 0;
  for (const size of [...sizes, bytes.length]) {
    lines.push(...splitter.push(bytes.subarray(from, from + size)).map(kept));
    from += size;
  }
  return [...lines, ...splitter.end().map(kept)];
}

test('bytes in chunks of any size make the lines that an editor shows', () => {
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }), (it, sizes) => {
      const expected = splitLines(it).filter((line, i, all) => i < all.length - 1 || line.text !== '');
      const lines = split(Buffer.from(it), sizes);
      assert.deepEqual(linesOf(Buffer.from(it)).map(plain), lines.map(plain));
      assert.deepEqual(
        lines.map(({ bytes, eol }) => [Buffer.from(bytes).toString(), eol]),
        expected.map((line) => [line.text, line.eol]),
      );
      for (const { start, bytes } of lines)
        assert.deepEqual(Buffer.from(bytes), Buffer.from(it).subarray(start, start + bytes.length));
    }),
    { numRuns: 2000 },
  );
});

test('a byte order mark is no part of the first line', () => {
  const [first] = split(Buffer.from('\uFEFF{}\n'), [1, 1]);
  assert.deepEqual([first?.mark, first?.start, Buffer.from(first?.bytes ?? []).toString()], [true, 3, '{}']);
});

test('it says how much of a line it holds', () => {
  const splitter = new LineSplitter();
  const held = ['ab', 'cd', 'e\nfg', '\r', '\nh', '\n'].map((chunk) => {
    splitter.push(Buffer.from(chunk));
    return splitter.carried;
  });
  assert.deepEqual(held, [2, 4, 2, 3, 1, 0]);
});
