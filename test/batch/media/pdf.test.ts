import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pdfFacts } from '../../../batch/media/pdf';

const factsOf = (text: string) => pdfFacts(Buffer.from(text, 'latin1').toString('base64'));
const page = '3 0 obj <</Type /Page /Parent 2 0 R>> endobj\n';

test('pages are counted where they are written in plain bytes', () => {
  for (let shift = 0; shift < 3; shift++) {
    const text = `%PDF-1.4${' '.repeat(shift)}\n2 0 obj <</Type /Pages /Count 7>> endobj\n${page.repeat(7)}`;
    assert.deepEqual(factsOf(text), { isPdf: true, pages: 7, encrypted: false });
  }
});

test('a page saved twice counts once, and so does a long outline', () => {
  assert.equal(factsOf(`%PDF-1.4 <</Type/Pages/Count 2>>${page.repeat(4)}`).pages, 2);
  assert.equal(factsOf(`%PDF-1.4 <</Type/Pages/Count 2>><</Type/Outlines/Count 90>>${page.repeat(2)}`).pages, 2);
  assert.equal(factsOf(`%PDF-1.4 <</Type/Pages/Count 2>><</Type/PageLabel>>`).pages, 0);
});

test('encryption is what the trailer refers to, not a word in a text', () => {
  assert.equal(factsOf('%PDF-1.4 trailer <</Root 1 0 R /Encrypt 9 0 R>>').encrypted, true);
  assert.equal(factsOf('%PDF-1.4 trailer <</Encrypt<</Filter/Standard>>>>').encrypted, true);
  assert.equal(factsOf('%PDF-1.4 (See /Encrypt in chapter 7)').encrypted, false);
});

test('a PDF begins as one, if not with the first byte', () => {
  assert.equal(factsOf('\n\n%PDF-1.7').isPdf, true);
  assert.equal(factsOf(`${' '.repeat(2000)}%PDF-1.7`).isPdf, false);
  assert.equal(factsOf('PK\x03\x04').isPdf, false);
});

test('line breaks in the base64 text change nothing', () => {
  const base64 = Buffer.from(`%PDF-1.4 <</Type/Pages/Count 3>>${page.repeat(3)}`).toString('base64');
  assert.deepEqual(pdfFacts(base64.replaceAll(/.{76}/g, '$&\n')), pdfFacts(base64));
});
