import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineStore, splitLines } from '../../batch/lines';

const text = fc
  .array(fc.constantFrom('a', 'é', '🙂', '\n', '\r\n', '\r', '{"custom_id":"x"}', ''), { maxLength: 12 })
  .map((parts) => parts.join(''));
const position = fc.record({ line: fc.integer({ min: 0, max: 8 }), character: fc.integer({ min: 0, max: 20 }) });
const change = fc.record({ range: fc.record({ start: position, end: position }), text });

test('lines joined with their terminators are the text', () => {
  fc.assert(
    fc.property(
      text,
      (it) =>
        splitLines(it)
          .map((line) => line.text + line.eol)
          .join('') === it,
    ),
  );
});

test('a store holds the same text as a TextDocument after the same changes', () => {
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 8 }), (initial, changes) => {
      const store = new LineStore(initial);
      const document = TextDocument.create('file:///a', 'jsonl', 0, initial);
      for (const [version, wild] of changes.entries()) {
        const it = within(wild, store.lines.length);
        store.update(it);
        TextDocument.update(document, [it], version + 1);
        assert.equal(store.text, document.getText());
        assert.equal(store.lines.length, document.lineCount);
        assert.equal(store.textIn(it.range), document.getText(it.range));
      }
    }),
    { numRuns: 2000 },
  );
});

test('lines that a change does not touch stay the same objects', () => {
  const store = new LineStore('a\nb\nc\nd');
  const [first, , , last] = store.lines;
  const splice = store.update({
    range: { start: { line: 1, character: 0 }, end: { line: 2, character: 1 } },
    text: 'x\ny\nz',
  });
  assert.equal(store.text, 'a\nx\ny\nz\nd');
  assert.equal(store.lines[0], first);
  assert.equal(store.lines[4], last);
  assert.deepEqual([splice.start, splice.removed.length, splice.added.length], [1, 2, 3]);
});

/** The stock document loses count when a change names a line that is not there, so only the columns may be wild. */
function within(
  { range, text }: { range: Record<'start' | 'end', { line: number; character: number }>; text: string },
  lineCount: number,
) {
  const inside = ({ line, character }: { line: number; character: number }) => ({
    line: Math.min(line, lineCount - 1),
    character,
  });
  return { range: { start: inside(range.start), end: inside(range.end) }, text };
}
