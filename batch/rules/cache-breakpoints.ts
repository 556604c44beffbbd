import { fix, remove } from '../edit';
import { atKey } from '../finding';
import { MAX_CACHE_BREAKPOINTS as MOST } from '../limits';
import { automaticBreakpoint, breakpoints } from './read-cache';
import type { LineRule } from './rule';

/** More marks for the prompt cache than the API takes. */
export const cacheBreakpoints: LineRule = {
  id: 'cache-breakpoints',
  severity: 'error',
  refusedAt: 'row',
  title: 'Too many cache breakpoints',
  docs: `A request takes four \`cache_control\` marks, over tools, system prompt and messages; the one of the whole request
(\`params.cache_control\`, automatic caching) counts as well.

> A maximum of 4 blocks with cache_control may be provided. Found 5.

One mark at the end of what all requests share is nearly always enough: what stands before it is cached with it.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_2"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_3"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_4"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_5"},"cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_2"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_3"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_4"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_5"}}]}]}}',
  },
  check({ params }, _context, report) {
    const explicit = breakpoints(params);
    const automatic = automaticBreakpoint(params);
    const all = automatic ? [...explicit, automatic] : explicit;
    const over = all.slice(MOST);
    const first = over[0];
    if (!first) return;
    const marks = over.map(({ path }) => [...path, 'cache_control']);
    report(
      atKey(...first.path, 'cache_control'),
      `A request takes ${MOST} cache breakpoints, and this has ${all.length}${automatic ? ', the automatic one included' : ''}; remove ${all.length - MOST}.`,
      fix(over.length === 1 ? 'Remove This Breakpoint' : `Keep the First ${MOST} Breakpoints`, ...marks.map(remove)),
    );
  },
};
