import media from '../../schemas/media.json';
import { atKey } from '../finding';
import { bytesOf } from '../media/base64';
import { imageHeader } from '../media/image-header';
import { count, size } from '../wording';
import { base64Media, mediaBlocks } from './read-media';
import type { LineRule } from './rule';

const {
  max_side_px: MAX_SIDE,
  many: MANY,
  max_side_px_when_many: MAX_SIDE_WHEN_MANY,
  max_base64_bytes: MAX_BYTES,
} = media.images;

/** An image that is too large to be read, in pixels or in bytes. */
export const imageSize: LineRule = {
  id: 'image-size',
  severity: 'error',
  refusedAt: 'row',
  title: 'Image too large',
  docs: `No side of an image is longer than 8,000 pixels, or 2,000 where a request has more than 20 images, and its base64
text is at most 10 MB.

> At least one of the image dimensions exceed max allowed size: 8000 pixels

> image exceeds 10 MB maximum: 23045044 bytes > 10485760 bytes

The model sees at most some 2,600 pixels a side in any case: scale images down before encoding them.

Source: platform.claude.com/docs/en/build-with-claude/vision (2026-10-10); \`schemas/media.json\`.`,
  check({ params }, _context, report) {
    const images = mediaBlocks(params).filter(([{ type }]) => type === 'image').length;
    const longest = images > MANY ? MAX_SIDE_WHEN_MANY : MAX_SIDE;
    for (const { kind, path, data } of base64Media(params)) {
      if (kind !== 'image') continue;
      const place = atKey(...path, 'source', 'data');
      const pixels = imageHeader(bytesOf(data))?.size;
      if (data.length > MAX_BYTES)
        report(
          place,
          `This image is ${size(data.length)} of base64, and the API takes at most ${size(MAX_BYTES)}; scale it down.`,
        );
      else if (pixels && Math.max(pixels.width, pixels.height) > longest)
        report(
          place,
          `This image is ${count(pixels.width)} × ${count(pixels.height)} pixels, and a side may have ${count(longest)}${images > MANY ? ` where a request has more than ${MANY} images` : ''}; scale it down.`,
        );
    }
  },
};
