import { fix, remove } from '../edit';
import { isToolset, tools } from './read';
import type { LineRule } from './rule';

/** Tools that are loaded later: not all of them, and not with a cache breakpoint. */
export const deferredTools: LineRule = {
  id: 'deferred-tools',
  severity: 'error',
  refusedAt: 'row',
  title: 'Deferred tool that cannot be',
  docs: `A tool with \`defer_loading: true\` is left out of the prompt until a tool search finds it. At least one tool, usually the
search itself, must be there from the start; and since a deferred tool is no part of the cached prefix, it takes no
\`cache_control\`.

The API answers in the row: \`At least one tool must have defer_loading=false. All tools cannot be deferred.\`

Source: tool search tool page (2026-10-08).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","defer_loading":true,"input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"name":"now","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    const all = tools(params);
    // A toolset has no such field.
    const deferred = all.filter(([tool]) => tool.defer_loading === true && !isToolset(tool));
    const first = deferred[0];
    if (first && deferred.length === all.length) {
      const path = [...first[1], 'defer_loading'];
      report(
        path,
        'Not every tool can be deferred; load at least one from the start.',
        fix('Remove "defer_loading"', remove(path)),
      );
    }
    for (const [{ cache_control: breakpoint }, path] of deferred) {
      const at = [...path, 'cache_control'];
      if (!breakpoint) continue;
      report(
        at,
        'A deferred tool takes no cache_control; put it on a tool that is loaded from the start.',
        fix('Remove "cache_control"', remove(at)),
      );
    }
  },
};
