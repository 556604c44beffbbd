import { estimateInputTokens } from '../cost/tokens';
import { fix, remove } from '../edit';
import { isArray, type JsonObject } from '../json';
import { count } from '../wording';
import { modelOf } from './read';
import { type Breakpoint, breakpoints } from './read-cache';
import { characters } from './read-size';
import type { LineRule } from './rule';

/** A cache breakpoint with less before it than the model caches. */
export const cachePrefixShort: LineRule = {
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
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const last = breakpoints(params).at(-1);
    if (!model || !last) return;
    const prefix = upTo(params, last);
    const least = model.cache_min_tokens;
    if (characters(prefix) > LONG_ENOUGH * least || estimateInputTokens(prefix, model).high >= least) return;
    report(
      [...last.path, 'cache_control'],
      `${params.model} caches from ${count(least)} tokens on, and fewer stand before this breakpoint; remove it, or put it later.`,
      fix('Remove This Breakpoint', remove([...last.path, 'cache_control'])),
    );
  },
};

/** Characters for each token of the minimum, beyond which a prefix is not worth a closer look. */
const LONG_ENOUGH = 6;

/** The request as far as the cache would hold it. */
function upTo(params: JsonObject, { path }: Breakpoint): JsonObject {
  const [, part, index, , inner] = path;
  const { tools, system, messages } = params;
  if (part === 'tools') return { tools: firstOf(tools, index) };
  if (part === 'system') return { tools, system: firstOf(system, index) };
  const kept = isArray(messages) ? messages.slice(0, Number(index)) : [];
  const cut = isArray(messages) ? messages[Number(index)] : undefined;
  const content = typeof cut === 'object' && cut !== null && 'content' in cut ? firstOf(cut.content, inner) : undefined;
  return { tools, system, messages: [...kept, { content }] };
}

function firstOf(list: JsonObject[string], last: string | number | undefined): JsonObject[string] {
  return isArray(list) ? list.slice(0, Number(last) + 1) : list;
}
