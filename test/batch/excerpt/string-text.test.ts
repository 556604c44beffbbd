import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWrittenInAscii, stringText, stringToken } from '../../../batch/excerpt/string-text';

test('what is not edited keeps its escapes', () => {
  const token = '"caf\\u00e9 \\/ one\\ntwo \\u0041"';
  assert.equal(stringText(token), 'café / one\ntwo A');
  assert.equal(stringToken(token, 'café / one\nand\ntwo A'), '"caf\\u00e9 \\/ one\\nand\\ntwo \\u0041"');
  assert.equal(stringToken(token, 'café / "öne"\ntwo A'), '"caf\\u00e9 \\/ \\"öne\\"\\ntwo \\u0041"');
  assert.equal(stringToken(token, 'café / öne\ntwo A', { ascii: true }), '"caf\\u00e9 \\/ \\u00f6ne\\ntwo \\u0041"');
});

test('line breaks stay of the kind that they are, whatever the editor writes', () => {
  assert.equal(stringToken('"a\\nb"', 'a\r\nb\r\nc'), '"a\\nb\\nc"');
  assert.equal(stringToken('"a\\r\\nb\\nc\\rd"', 'a\nb\nx\nc\nd'), '"a\\r\\nb\\nx\\r\\nc\\rd"');
  assert.equal(stringToken('"a"', 'a\r\n'), '"a\\n"');
});

test('half of a pair is not taken for a character', () => {
  assert.equal(stringToken('"\\ud83d\\ude00!"', '😁!'), '"😁!"');
  assert.equal(stringToken('"\\ud83d\\ude00"', '\u{1f900}'), '"\u{1f900}"');
  assert.equal(stringToken('"a\\ud83d\\ude00b"', 'a😀xb'), '"a\\ud83d\\ude00xb"');
});

test('a line in ASCII is told by its escapes', () => {
  assert.equal(isWrittenInAscii('{"a":"caf\\u00e9"}'), true);
  assert.equal(isWrittenInAscii('{"a":"caf\\u00e9 é"}'), false);
  assert.equal(isWrittenInAscii('{"a":"\\u0007"}'), false);
});

test('any text can be written, and reads as it was meant', () => {
  const character = fc.constantFrom('a', 'b', '\n', '"', '\\', 'é', '😀', '😁', '\u0001', '\u2028');
  const text = fc.array(character, { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, fc.boolean(), fc.boolean(), (before, after, ascii, escapes) => {
      const plain = JSON.stringify(before);
      const token = escapes ? `"${[...Array(before.length).keys()].map((i) => unit(before, i)).join('')}"` : plain;
      const written = stringToken(token, after, { ascii });
      assert.equal(JSON.parse(written), after);
      assert.equal(stringToken(token, before), token);
      assert.ok(Buffer.from(written).toString() === written, 'no half of a pair is left alone');
    }),
    { numRuns: 3000 },
  );
});

const unit = (text: string, i: number): string => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
