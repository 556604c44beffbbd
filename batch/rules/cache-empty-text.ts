import { fix, remove } from '../edit';
import { atKey } from '../finding';
import { breakpoints } from './read-cache';
import type { LineRule } from './rule';

/** A cache breakpoint on a text block that says nothing. */
export const cacheEmptyText: LineRule = {
  id: 'cache-empty-text',
  severity: 'error',
  refusedAt: 'row',
  title: 'Cache breakpoint on empty text',
  docs: `Even where an empty text block is accepted, it cannot bear a cache breakpoint:

> system.0: cache_control cannot be set for empty text blocks

Set the mark on the last block before it that says something.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching, What cannot be cached (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"}},{"type":"text","text":"","cache_control":{"type":"ephemeral","ttl":"1h"}}]},{"role":"assistant","content":"A cat."},{"role":"user","content":"Its colour?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral","ttl":"1h"}}]},{"role":"assistant","content":"A cat."},{"role":"user","content":"Its colour?"}]}}',
  },
  check({ params }, _context, report) {
    for (const { bearer, path } of breakpoints(params)) {
      if (bearer.type !== 'text' || bearer.text !== '') continue;
      report(
        atKey(...path, 'cache_control'),
        'An empty text block cannot be a cache breakpoint; set the mark on a block that says something.',
        fix('Remove the Empty Block', remove(path)),
      );
    }
  },
};
