import thinkingFacts from '../../schemas/thinking.json';
import type { Context } from '../context';
import { type Fix, fix, replace } from '../edit';
import { isObject } from '../json';
import { count } from '../wording';
import { modelOf } from './read';
import type { LineRule } from './rule';

/** A thinking budget that leaves nothing of `max_tokens` for the answer. */
export const thinkingBudget: LineRule = {
  id: 'thinking-budget',
  severity: 'error',
  refusedAt: 'row',
  title: 'Thinking budget not below max_tokens',
  docs: `What the model thinks counts towards \`max_tokens\`, so \`thinking.budget_tokens\` must be smaller. Only under the beta
\`interleaved-thinking-2025-05-14\`, where the budget is that of all thinking in a turn, may it be larger.

> \`max_tokens\` must be greater than \`thinking.budget_tokens\`.

Source: platform.claude.com/docs/en/build-with-claude/extended-thinking (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":1024,"thinking":{"type":"enabled","budget_tokens":2048},"messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-4-5","max_tokens":3072,"thinking":{"type":"enabled","budget_tokens":2048},"messages":[{"role":"user","content":"Hi"}]}}',
  },
  check({ params }, context, report) {
    const { thinking, max_tokens: maxTokens } = params;
    if (!isObject(thinking) || thinking.type !== 'enabled' || isInterleaved(context)) return;
    const budget = thinking.budget_tokens;
    if (typeof budget !== 'number' || typeof maxTokens !== 'number' || budget < maxTokens || maxTokens < 1) return;
    report(
      ['params', 'thinking', 'budget_tokens'],
      `The thinking budget of ${count(budget)} tokens must be smaller than max_tokens, which is ${count(maxTokens)}.`,
      ...roomier(budget, maxTokens, modelOf(params, context)?.max_output_tokens),
    );
  },
};

function isInterleaved({ betas }: Context): boolean {
  return betas.includes(thinkingFacts.interleaved_beta.value);
}

/** Leaves as much for the answer as was meant for all. */
function roomier(budget: number, maxTokens: number, limit = Number.POSITIVE_INFINITY): Fix[] {
  const enough = budget + maxTokens;
  return enough <= limit ? [fix(`Set max_tokens to ${count(enough)}`, replace(['params', 'max_tokens'], enough))] : [];
}
