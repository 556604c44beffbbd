import { type Fix, fix, replace } from '../edit';
import { isObject } from '../json';
import { parseDataUrl } from '../media/base64';
import { shown } from './read';
import { isHttps, mediaBlocks } from './read-media';
import type { LineRule } from './rule';

/** An address that the API does not fetch from. */
export const mediaUrl: LineRule = {
  id: 'media-url',
  severity: 'error',
  refusedAt: 'row',
  title: 'Address that is not https',
  docs: `An image or document is fetched by Anthropic, over https only: no \`http:\`, no file of this machine, no data URL
(that is a base64 source).

> Only HTTPS URLs are supported.

Source: API reference, Messages create (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}}',
  },
  check({ params }, _context, report) {
    for (const [{ source }, path] of mediaBlocks(params)) {
      if (!isObject(source) || source.type !== 'url' || typeof source.url !== 'string' || isHttps(source.url)) continue;
      report(
        [...path, 'source', 'url'],
        `The API fetches images and documents over https only, and this is ${shown(source.url)}.`,
        ...instead(source.url, [...path, 'source']),
      );
    }
  },
};

function instead(url: string, source: (string | number)[]): Fix[] {
  const inline = parseDataUrl(url);
  if (inline)
    return [
      fix(
        'Use a base64 Source',
        replace(source, { type: 'base64', media_type: inline.mediaType, data: inline.base64 }),
      ),
    ];
  return /^http:\/\/./i.test(url)
    ? [fix('Use https', replace([...source, 'url'], url.replace(/^http:/i, 'https:')))]
    : [];
}
