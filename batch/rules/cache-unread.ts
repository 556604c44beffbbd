import { atKey } from '../finding';
import type { FileRule } from './rule';

/** A mark that writes into the cache what no other request could read. */
export const cacheUnread: FileRule<'cache' | 'requests'> = {
  id: 'cache-unread',
  severity: 'hint',
  refusedAt: 'never',
  reads: ['cache', 'requests'],
  title: 'Cache mark that nobody reads',
  docs: `To write into the cache costs 1.25 times the input price for five minutes and twice for an hour; that pays when others
read it. No other request of the file has the tools and the system prompt up to this mark, the same to the byte and for the
same model: the mark only makes the request dearer, unless another batch reads it within that time.

Put the mark behind what requests share, or leave it out. Reported in files of several requests, where enough stands before
the mark for the model to cache it.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching (2026-10-10); \`schemas/models.json\`.`,
  check({ cache, requests }, report) {
    if (requests < 2) return;
    for (const { line, path, ttl } of cache.unread)
      report({
        line,
        place: atKey(...path, 'cache_control'),
        message: `No other request of this file begins so: this mark has it written for ${ttl === '1h' ? 'twice' : '1.25 times'} the input price, and nobody reads it. Put it behind what requests share, or leave it out.`,
      });
  },
};
