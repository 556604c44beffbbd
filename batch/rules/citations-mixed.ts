import { type Edit, fix, insert, remove, replace } from '../edit';
import { isObject } from '../json';
import { allBlocks, type Found } from './read';
import type { LineRule } from './rule';

/** Citations on some documents of a request and not on others. */
export const citationsMixed: LineRule = {
  id: 'citations-mixed',
  severity: 'error',
  refusedAt: 'row',
  title: 'Citations on some documents only',
  docs: `Citations are enabled on all documents of a request or on none, and so on all search results or none.

> citations must be enabled on all or none of the documents within a request

Source: platform.claude.com/docs/en/build-with-claude/citations and search-results (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grass is green."},"citations":{"enabled":true}},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Snow is white."}}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grass is green."},"citations":{"enabled":true}},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Snow is white."},"citations":{"enabled":true}}]}]}}',
  },
  check({ params }, _context, report) {
    for (const { type, name } of SOURCES) {
      const sources = allBlocks(params).filter(([block]) => block.type === type);
      const cited = sources.filter(isCited);
      const first = sources.find((source) => !isCited(source));
      if (!first || cited.length === 0) continue;
      report(
        [...first[1], 'type'],
        `Citations are enabled on ${cited.length} of ${sources.length} ${name} and not on this one; enable them on all or on none.`,
        fix('Enable Citations on All', ...sources.filter((source) => !isCited(source)).map(enable)),
        fix('Remove All Citations', ...cited.map(([, path]) => remove([...path, 'citations']))),
      );
    }
  },
};

const SOURCES = [
  { type: 'document', name: 'documents' },
  { type: 'search_result', name: 'search results' },
] as const;

function isCited([{ citations }]: Found): boolean {
  return isObject(citations) && citations.enabled === true;
}

function enable([block, path]: Found): Edit {
  const place = [...path, 'citations'];
  return block.citations === undefined ? insert(place, { enabled: true }) : replace(place, { enabled: true });
}
