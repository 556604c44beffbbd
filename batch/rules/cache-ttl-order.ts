import { type Fix, fix, remove } from '../edit';
import { automaticBreakpoint, type Breakpoint, breakpoints, keepForAnHour, lastBlockTtl } from './read-cache';
import type { LineRule } from './rule';

/** A longer cache duration after a shorter one. */
export const cacheTtlOrder: LineRule = {
  id: 'cache-ttl-order',
  severity: 'error',
  refusedAt: 'row',
  title: 'Cache durations in the wrong order',
  docs: `Breakpoints of an hour stand before those of five minutes, in the order in which the API reads a request: tools,
system, messages. The automatic one comes last, and agrees with the mark of the last block where that has one.

> messages.0.content.1.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control
> block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral"}},{"type":"image","source":{"type":"file","file_id":"file_2"},"cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"file_1"},"cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"image","source":{"type":"file","file_id":"file_2"},"cache_control":{"type":"ephemeral"}}]}]}}',
  },
  check({ params }, _context, report) {
    const explicit = breakpoints(params);
    const automatic = automaticBreakpoint(params);
    const ofLastBlock = lastBlockTtl(params);
    const lastLong = explicit.findLastIndex(({ ttl }) => ttl === '1h');
    const firstShort = explicit.findIndex(({ ttl }) => ttl === '5m');
    const late = explicit.find(({ ttl }, index) => ttl === '1h' && firstShort >= 0 && index > firstShort);
    if (late)
      report(
        [...late.path, 'cache_control', 'ttl'],
        'A breakpoint of an hour cannot come after one of five minutes; give the earlier ones an hour, or this one five minutes.',
        allAtOneHour(explicit.slice(0, lastLong)),
        fix('Keep This One for Five Minutes', remove([...late.path, 'cache_control', 'ttl'])),
      );
    else if (automatic && ofLastBlock !== undefined)
      report(
        ['params', 'cache_control'],
        `The automatic breakpoint falls on the last block, which asks for ${ofLastBlock} where this asks for ${automatic.ttl}; remove one of the two.`,
        fix('Remove the Automatic Breakpoint', remove(['params', 'cache_control'])),
      );
    else if (automatic?.ttl === '1h' && firstShort >= 0)
      report(
        ['params', 'cache_control', 'ttl'],
        'The automatic breakpoint comes last, and an hour cannot come after five minutes; give the earlier ones an hour.',
        allAtOneHour(explicit),
        fix('Keep This One for Five Minutes', remove(['params', 'cache_control', 'ttl'])),
      );
  },
};

function allAtOneHour(marks: readonly Breakpoint[]): Fix {
  const short = marks.filter(({ ttl }) => ttl === '5m');
  return fix('Keep the Earlier Ones for an Hour', ...short.map(keepForAnHour));
}
