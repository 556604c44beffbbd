import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesOf } from '../../../batch/media/base64';
import { imageHeader } from '../../../batch/media/image-header';

const headerOf = (data: Buffer) => imageHeader(bytesOf(data.toString('base64')));
const big = (value: number, count: number) => Buffer.from(value.toString(16).padStart(count * 2, '0'), 'hex');
const little = (value: number, count: number) => Buffer.from(big(value, count)).reverse();

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => [big(data.length, 4), Buffer.from(type), data, Buffer.alloc(4)];
  const header = Buffer.concat([big(width, 4), big(height, 4), Buffer.alloc(5)]);
  const chunks = [...chunk('IHDR', header), ...chunk('IDAT', Buffer.alloc(20)), ...chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

/** With a preview of `before` bytes in front of the frame header, as cameras write it. */
function jpeg(width: number, height: number, before = 0): Buffer {
  const preview = Buffer.concat([Buffer.from('ffe1', 'hex'), big(before + 2, 2), Buffer.alloc(before, 0xff)]);
  const frame = [Buffer.from('ffc2000b08', 'hex'), big(height, 2), big(width, 2), Buffer.alloc(6)];
  return Buffer.concat([Buffer.from('ffd8', 'hex'), preview, ...frame]);
}

function webp(chunk: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(`WEBP${chunk}`), little(data.length, 4), data]);
  return Buffer.concat([Buffer.from('RIFF'), little(body.length, 4), body]);
}

test('each format says its size', () => {
  const lossy = Buffer.concat([Buffer.alloc(3), Buffer.from('9d012a', 'hex'), little(640, 2), little(480, 2)]);
  const lossless = Buffer.concat([Buffer.from('2f', 'hex'), little((639 | (479 << 14)) >>> 0, 4)]);
  const extended = Buffer.concat([Buffer.alloc(4), little(639, 3), little(479, 3)]);
  const images = [
    ['image/png', png(640, 480)],
    ['image/jpeg', jpeg(640, 480)],
    ['image/jpeg', jpeg(640, 480, 60_000)],
    ['image/gif', Buffer.concat([Buffer.from('GIF89a'), little(640, 2), little(480, 2)])],
    ['image/webp', webp('VP8 ', lossy)],
    ['image/webp', webp('VP8L', lossless)],
    ['image/webp', webp('VP8X', extended)],
  ] as const;
  for (const [mediaType, data] of images) {
    assert.deepEqual(headerOf(data), { mediaType, size: { width: 640, height: 480 }, truncated: false });
  }
});

test('a cut PNG or WebP is seen to be cut, and bytes behind the end are not minded', () => {
  assert.equal(headerOf(png(8, 8).subarray(0, -1))?.truncated, true);
  assert.equal(headerOf(png(8, 8).subarray(0, 50))?.truncated, true);
  assert.equal(headerOf(Buffer.concat([png(8, 8), Buffer.alloc(100)]))?.truncated, false);
  assert.equal(headerOf(webp('VP8X', Buffer.alloc(10)).subarray(0, -2))?.truncated, true);
});

test('anything else is no image, and half a header has no size', () => {
  assert.equal(headerOf(Buffer.from('<!doctype html>')), undefined);
  assert.equal(headerOf(Buffer.from('%PDF-1.7')), undefined);
  assert.equal(headerOf(Buffer.alloc(0)), undefined);
  assert.equal(headerOf(jpeg(640, 480).subarray(0, 4))?.size, undefined);
});

test('whatever follows the first bytes, it comes to an end', () => {
  const starts = fc.constantFrom(
    png(1, 1).subarray(0, 8),
    jpeg(1, 1).subarray(0, 3),
    Buffer.from('GIF89a'),
    Buffer.from('RIFFxxxxWEBP'),
  );
  fc.assert(
    fc.property(starts, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      assert.ok(headerOf(Buffer.concat([start, rest])));
    }),
  );
});
