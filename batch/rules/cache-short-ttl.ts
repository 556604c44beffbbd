import { fix } from '../edit';
import { automaticBreakpoint, breakpoints, keepForAnHour } from './read-cache';
import type { LineRule } from './rule';

/** A cache that has gone before the batch gets to the next request. */
export const cacheShortTtl: LineRule = {
  id: 'cache-short-ttl',
  severity: 'hint',
  refusedAt: 'never',
  title: 'Five-minute cache in a batch',
  docs: `The requests of a batch run in any order, over up to 24 hours, so a prefix cached for five minutes is often gone
before the next request that shares it. Cached for an hour it costs 2 instead of 1.25 times the input price to write,
once, and a tenth or less to read.

Source: platform.claude.com/docs/en/build-with-claude/batch-processing, Using prompt caching (2026-10-08).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}}',
  },
  check({ params }, _context, report) {
    const all = [...breakpoints(params), automaticBreakpoint(params) ?? []].flat();
    const first = all[0];
    // Who uses both durations has thought about it.
    if (!first || all.some(({ ttl }) => ttl === '1h')) return;
    report(
      [...first.path, 'cache_control'],
      'In a batch, a prefix cached for five minutes is often gone before it is read; cache it for an hour.',
      fix('Cache for an Hour', ...all.map(keepForAnHour)),
    );
  },
};
