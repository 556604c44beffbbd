import { type Fix, fix, remove, replace } from '../edit';
import type { Path } from '../finding';
import { isArray, type Json, type JsonObject } from '../json';
import { type Found, shown, tools, word } from './read';
import type { LineRule, Report } from './rule';

/** A host, then perhaps a path; only the path has wildcards. */
const DOMAIN = /^[^\s/:*?#@]+(\/\S*)?$/;

/** Which sites the web tools may visit. */
export const webToolDomains: LineRule = {
  id: 'web-tool-domains',
  severity: 'error',
  refusedAt: 'row',
  title: 'Domain list of a web tool',
  docs: `The web search and web fetch tools take \`allowed_domains\` or \`blocked_domains\`, not both. An entry is a domain
without \`https://\`; subdomains are included, and wildcards stand only in the path after it. An entry with a path never
matches what is fetched, which is a warning.

The API answers in the row with a 400 \`invalid_request_error\`.

Source: server tools guide, "Domain filtering" (2026-08-20).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search","allowed_domains":["https://example.com"]}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"tools":[{"type":"web_search_20250305","name":"web_search","allowed_domains":["example.com"]}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, _context, report) {
    for (const tool of tools(params)) {
      const { type } = tool[0];
      if (typeof type === 'string' && /^web_(search|fetch)_/.test(type)) checkTool(tool, report);
    }
  },
};

function checkTool([tool, path]: Found, report: Report): void {
  if (hasItems(tool.allowed_domains) && hasItems(tool.blocked_domains)) {
    const message = 'A tool takes allowed_domains or blocked_domains, not both; remove one of the lists.';
    report([...path, 'blocked_domains'], message, removal(path, 'blocked_domains'), removal(path, 'allowed_domains'));
  }
  for (const list of ['allowed_domains', 'blocked_domains']) {
    const entries = tool[list];
    for (const [index, entry] of isArray(entries) ? entries.entries() : []) {
      if (typeof entry === 'string') checkEntry(entry, tool, [...path, list, index], report);
    }
  }
}

function checkEntry(entry: string, tool: JsonObject, path: Path, report: Report): void {
  const bare = entry
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^\*\./, '');
  const fixes = DOMAIN.test(bare) ? [fix(`Change to ${shown(bare)}`, replace(path, bare))] : [];
  if (!DOMAIN.test(entry)) {
    report(
      path,
      `${shown(entry)} is no domain; write it without scheme and wildcard, such as "example.com".`,
      ...fixes,
    );
  } else if (word(tool.type).startsWith('web_fetch') && /\/./.test(entry)) {
    report.as('warning', path, `${shown(entry)} matches nothing: web fetch compares domains only, without a path.`);
  }
}

const hasItems = (list: Json | undefined): boolean => isArray(list) && list.length > 0;
const removal = (path: Path, list: string): Fix => fix(`Remove "${list}"`, remove([...path, list]));
