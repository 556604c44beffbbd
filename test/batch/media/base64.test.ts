import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { base64Fault, bytesOf, latin1, occurrences, parseDataUrl } from '../../../batch/media/base64';

const wrapped = (base64: string) => base64.replaceAll(/.{76}/g, '$&\r\n');

test('bytes are those that were encoded, in one line or wrapped', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (data, wrap) => {
      const base64 = Buffer.from(data).toString('base64');
      const bytes = bytesOf(wrap ? wrapped(base64) : base64);
      assert.equal(bytes.length, data.length);
      assert.deepEqual(
        Array.from({ length: bytes.length }, (_, index) => bytes.at(index)),
        [...data],
      );
      assert.equal(bytes.at(data.length), -1);
      assert.equal(base64Fault(base64), data.length === 0 ? 'it is empty' : undefined);
    }),
  );
});

test('a needle is found wherever it stands, and nothing is found that is not there', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'/PageTyp <>'), maxLength: 60 }), (text) => {
      const base64 = Buffer.from(`${text}/Page${text}`).toString('base64');
      const bytes = bytesOf(base64);
      const found = occurrences(base64, '/Page').filter((at) => latin1(bytes, at, at + 5) === '/Page');
      const expected = [...`${text}/Page${text}`.matchAll(/\/Page/g)].map(({ index }) => index);
      assert.deepEqual(
        found.sort((a, b) => a - b),
        expected,
      );
    }),
  );
});

test('what is not base64 is told why', () => {
  assert.equal(base64Fault(' \n'), 'it is empty');
  assert.equal(base64Fault('data:image/png;base64,AAAA'), 'it starts with a data URL’s prefix');
  assert.equal(base64Fault('AA_A'), 'it holds "_"');
  assert.equal(base64Fault('AA==AAAA'), 'it goes on after its padding');
  assert.match(base64Fault('AAAAA') ?? '', /^its length is no multiple of 4/);
  assert.equal(base64Fault('AAAA\nAA=='), undefined);
});

test('bytes of something else are missing, not wrong', () => {
  const bytes = bytesOf('????');
  assert.equal(bytes.at(0), -1);
  assert.equal(latin1(bytes, 0, 9), '');
});

test('a data URL is taken apart', () => {
  assert.deepEqual(parseDataUrl('data:image/svg+xml;base64,AAAA'), { mediaType: 'image/svg+xml', base64: 'AAAA' });
  assert.equal(parseDataUrl('https://example.com/a.png'), undefined);
});
