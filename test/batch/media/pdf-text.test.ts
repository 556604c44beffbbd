import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { pdfCharacters } from '../../../batch/media/pdf-text';

test('the text of a page is counted, packed or not, literal or in hexadecimal', () => {
  const plain = 'BT /F1 12 Tf (Hello \\(you\\)) Tj [(wor) 20 (ld)] TJ <48656c6c6f> Tj ET';
  assert.equal(pdfCharacters(pdfOf(Buffer.from(plain), '')), 11 + 5 + 5);
  assert.equal(pdfCharacters(pdfOf(deflateSync(plain), '/Filter /FlateDecode')), 11 + 5 + 5);
  assert.equal(pdfCharacters(pdfOf(Buffer.from('BT <00480065> Tj ET'), '')), 2);
});

test('what cannot be read has no count', () => {
  const pictures = Buffer.from('BT (pixels) Tj ET');
  for (const [data, description] of [
    [Buffer.from('no such stream'), '/Filter /FlateDecode'],
    [pictures, '/Subtype /Image'],
    [pictures, '/Encrypt 5 0 R'],
  ] as const)
    assert.equal(pdfCharacters(pdfOf(data, description)), undefined);
  assert.equal(pdfCharacters('not base64 at all'), undefined);
});

function pdfOf(data: Uint8Array, description: string): string {
  const head = `%PDF-1.4\n4 0 obj <</Length ${data.length} ${description}>>\nstream\n`;
  return Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\n')]).toString('base64');
}
