import { fix, remove } from '../edit';
import { isObject } from '../json';
import { allBlocks } from './read';
import { outputFormat } from './read-strict-schemas';
import type { LineRule } from './rule';

/** A JSON answer that is to cite its sources. */
export const formatWithCitations: LineRule = {
  id: 'format-with-citations',
  severity: 'error',
  refusedAt: 'row',
  title: 'Structured output with citations',
  docs: `Citations break the answer into pieces of text with their sources, which JSON has no room for: a request with
\`output_config.format\` has citations enabled on none of its documents and search results. The API answers with a 400.

Source: platform.claude.com/docs/en/build-with-claude/structured-outputs, Feature compatibility (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"string"}}},"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grass is green."},"citations":{"enabled":true}},{"type":"text","text":"Which colour?"}]}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"output_config":{"format":{"type":"json_schema","schema":{"type":"string"}}},"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Grass is green."}},{"type":"text","text":"Which colour?"}]}]}}',
  },
  check({ params }, _context, report) {
    const format = outputFormat(params);
    const cited = allBlocks(params).filter(([{ citations }]) => isObject(citations) && citations.enabled === true);
    const first = cited[0];
    if (!format || !first) return;
    report(
      [...first[1], 'citations', 'enabled'],
      'An answer in a JSON format cannot have citations; remove the citations, or the format.',
      fix('Remove the Citations', ...cited.map(([, path]) => remove([...path, 'citations']))),
      fix('Remove the Format', remove(format[1])),
    );
  },
};
