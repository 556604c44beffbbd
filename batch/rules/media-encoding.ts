import { type Fix, fix, replace } from '../edit';
import { atKey } from '../finding';
import { base64Fault, parseDataUrl } from '../media/base64';
import { base64Media } from './read-media';
import type { LineRule } from './rule';

/** Data that are not base64. */
export const mediaEncoding: LineRule = {
  id: 'media-encoding',
  severity: 'error',
  refusedAt: 'row',
  title: 'Image or document that is not base64',
  docs: `The \`data\` of a base64 source is the file in standard base64 and nothing else: no data URL's prefix (the media type
has its own field), no URL-safe alphabet, not cut off.

The API answers that the data is invalid or that it could not process the image.

Source: API reference, Messages create (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
  },
  check({ params }, _context, report) {
    for (const { kind, path, data } of base64Media(params)) {
      const fault = base64Fault(data);
      if (fault)
        report(
          atKey(...path, 'source', 'data'),
          `The data of this ${kind} is not base64: ${fault}; encode the file anew.`,
          ...withoutPrefix(data, [...path, 'source']),
        );
    }
  },
};

/** The media type that the prefix names may be another than the field says; the prefix was made with the data. */
function withoutPrefix(data: string, source: (string | number)[]): Fix[] {
  const url = parseDataUrl(data);
  if (!url) return [];
  return [
    fix(
      'Remove the Data URL’s Prefix',
      replace([...source, 'data'], url.base64),
      replace([...source, 'media_type'], url.mediaType),
    ),
  ];
}
