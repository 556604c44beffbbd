import { fix, remove } from '../edit';
import { count } from '../wording';
import type { SizeRule } from './rule';

/** A cache breakpoint with less before it than the model caches. */
export const cachePrefixShort: SizeRule = {
  id: 'cache-prefix-short',
  severity: 'warning',
  refusedAt: 'never',
  title: 'Cache breakpoint that caches nothing',
  docs: `What stands before a breakpoint (tools, then the system prompt, then messages) is cached only from a certain length:
512 to 4,096 tokens, by model. A shorter prefix is processed as if there were no mark, without a word.

Tokens are estimated here, and only what even the highest estimate leaves too short is reported.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching (2026-10-10); \`schemas/models.json\`.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ model, modelName, shortPrefix }, report) {
    if (!shortPrefix) return;
    const mark = [...shortPrefix, 'cache_control'];
    report(
      mark,
      `${modelName} caches from ${count(model.cache_min_tokens)} tokens on, and fewer stand before this breakpoint; remove it, or put it later.`,
      fix('Remove This Breakpoint', remove(mark)),
    );
  },
};
