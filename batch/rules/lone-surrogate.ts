import type { TextRule } from './rule';

/** An escaped half of a character without its other half. */
export const loneSurrogate: TextRule = {
  id: 'lone-surrogate',
  severity: 'error',
  refusedAt: 'create',
  title: 'Half a character',
  docs: `\`\\ud83d\` without the \`\\udxxx\` that belongs to it is no character: text that was cut by length in a language
with UTF-16 strings often ends so. It cannot be written in UTF-8, and the API refuses the body as invalid JSON.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hello \\ud83d"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":64,"messages":[{"role":"user","content":"Hello \\ud83d\\ude42"}]}}',
  },
  check(text, _scan, report) {
    if (!text.includes('\\ud') && !text.includes('\\uD') && text.isWellFormed()) return;
    for (const match of text.matchAll(PAIR_OR_LONE)) {
      if (match.groups?.lone === undefined) continue;
      const start = match.index;
      report(
        { at: 'text', start, end: start + match[0].length },
        `${match[0]} is half a character; write both halves, or remove it.`,
        { title: `Remove ${match[0]}`, edits: [{ op: 'text', start, end: start + match[0].length, text: '' }] },
      );
    }
  },
};

/** An escaped backslash, a whole pair, or (named) half of one, in this order, so that halves of pairs are never met alone. */
const PAIR_OR_LONE =
  /\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2}|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF])/g;
