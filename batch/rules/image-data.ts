import { atKey } from '../finding';
import { base64Fault, bytesOf } from '../media/base64';
import { IMAGE_TYPES, imageHeader } from '../media/image-header';
import { base64Media } from './read-media';
import type { LineRule } from './rule';

/** Bytes that are no image, or not all of it. */
export const imageData: LineRule = {
  id: 'image-data',
  severity: 'error',
  refusedAt: 'row',
  title: 'Image that cannot be read',
  docs: `An image is a PNG, JPEG, GIF or WebP file, and whole. A download that answered with a web page, another format
(SVG, TIFF, HEIC) and a cut file are refused:

> messages.0.content.0.image.source.base64.data: The file format is invalid or unsupported

> Could not process image

Only the header and the structure are read here; whether the picture decodes, only the API knows.

Source: platform.claude.com/docs/en/build-with-claude/vision (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"PGh0bWw+Tm90IGZvdW5kPC9odG1sPiAg"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
  },
  check({ params }, _context, report) {
    for (const { kind, path, mediaType, data } of base64Media(params)) {
      // Of a media type that no image may have, the schema speaks.
      if (kind !== 'image' || !IMAGE_TYPES.some((type) => type === mediaType) || base64Fault(data)) continue;
      const header = imageHeader(bytesOf(data));
      const place = atKey(...path, 'source', 'data');
      if (!header)
        report(place, 'These bytes are no PNG, JPEG, GIF or WebP image; encode the file again, or convert it.');
      else if (header.truncated)
        report(place, 'This image is cut off: its file is longer than its data; encode the whole file.');
    }
  },
};
