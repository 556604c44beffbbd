import { isObject } from '../json';
import { isHttps, mediaBlocks } from './read-media';
import type { LineRule } from './rule';

/** An address that only Anthropic's servers can try. */
export const mediaUrlReachable: LineRule = {
  id: 'media-url-reachable',
  severity: 'information',
  refusedAt: 'row',
  title: 'Address that must be reachable',
  docs: `An image or document behind an address is fetched while the batch runs, by Anthropic, without your cookies, and not
from sites that forbid robots. What cannot be fetched fails in its row:

> Unable to download the file. Please verify the URL and try again.

Nothing is wrong with the file; it says so once, because no check on this machine can know. Signed addresses must live for
24 hours.

Source: batch results captured on 2026-09-02.`,
  oncePerFile: true,
  check({ params }, _context, report) {
    const [block, path] =
      mediaBlocks(params).find(([{ source }]) => isObject(source) && source.type === 'url' && isHttps(source.url)) ??
      [];
    if (block && path)
      report(
        [...path, 'source', 'url'],
        'Anthropic fetches this address while the batch runs, within 24 hours; it must be public and live that long.',
      );
  },
};
