import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NotWritableError } from '../../batch/excerpt/request-text';
import { type ExcerptView, linesView, requestView, textView } from '../../files/excerpt-view';

function edited(view: ExcerptView, lines: string, edit: (text: string) => string): string {
  const { text, hidden } = view.open(Buffer.from(lines));
  return view.close(Buffer.from(lines), { text: edit(text), hidden }).toString();
}

test('lines that are not edited keep their bytes and terminators', () => {
  const lines = Buffer.from([...Buffer.from('{"a":1}\r\n\n{"b":"'), 0xff, ...Buffer.from('"}\r{"c":3}\n')]);
  const text = linesView.open(lines).text.replaceAll(/\r\n?/g, '\n');
  assert.deepEqual(linesView.close(lines, { text, hidden: [] }), lines);
  const changed = text.replace('{"a":1}', '{"a":2}').replace('{"c"', '{"new":0}\n{"c"');
  const other = linesView.close(lines, { text: changed, hidden: [] });
  const expected = lines.toString('latin1').replace('{"a":1}', '{"a":2}').replace('{"c"', '{"new":0}\r\n{"c"');
  assert.equal(other.toString('latin1'), expected);
});

test('lines in the middle of a file end with a line break, the last of a file as it was left', () => {
  assert.equal(
    edited(linesView, 'a\nb\n', (text) => text.trimEnd()),
    'a\nb\n',
  );
  assert.equal(
    edited(linesView, 'a\nb', (text) => text),
    'a\nb',
  );
  assert.equal(
    edited(linesView, 'a\nb', (text) => `${text}\nc\n`),
    'a\nb\nc\n',
  );
  assert.equal(
    edited(linesView, 'a\nb', () => 'b\na'),
    'b\na',
  );
  assert.equal(
    edited(linesView, 'a\nb\n', () => ''),
    '',
  );
});

test('whatever becomes of lines, they hold what was written', () => {
  const line = fc.constantFrom('', 'a', 'b', '{"c":1}');
  const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 8 });
  fc.assert(
    fc.property(text, fc.array(line, { maxLength: 8 }), (before, after) => {
      const lines = before.map(([content, eol]) => content + eol).join('');
      const written = edited(linesView, lines, () => after.map((content) => `${content}\n`).join(''));
      assert.equal(written.replaceAll(/\r\n?/g, '\n').length, after.join('\n').length + (after.length > 0 ? 1 : 0));
    }),
  );
});

test('a request keeps its terminator, and a text its place', () => {
  const line = '{"custom_id": "a", "params": {"system": "One\\nline", "n": 1.0}}\r\n';
  assert.equal(
    edited(requestView, line, (text) => text.replace('"a"', '"b"')),
    line.replace('"a"', '"b"'),
  );
  const view = textView(['params', 'system']);
  assert.equal(view.open(Buffer.from(line)).text, 'One\nline');
  assert.equal(
    edited(view, line, (text) => text.replace('line', 'more line')),
    line.replace('line', 'more line'),
  );
});

test('what cannot be edited without loss says so', () => {
  assert.throws(() => requestView.open(Buffer.from([0x22, 0xff, 0x22])), NotWritableError);
  assert.throws(() => textView(['x']).open(Buffer.from('{"y":"text"}')), NotWritableError);
  assert.throws(() => textView(['x']).open(Buffer.from('{"x":"\\ud83d"}')), NotWritableError);
  assert.throws(() => textView(['x']).close(Buffer.from('{"x":1}'), { text: 'text', hidden: [] }), NotWritableError);
});
