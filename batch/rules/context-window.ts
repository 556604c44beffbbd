import type { Model } from '../cost/models';
import { type Fix, fix, replace } from '../edit';
import { atKey } from '../finding';
import { count } from '../wording';
import type { SizeRule } from './rule';

/** A prompt that is longer than its model can read. */
export const contextWindow: SizeRule = {
  id: 'context-window',
  severity: 'error',
  refusedAt: 'row',
  title: 'Prompt larger than the context window',
  docs: `A model reads as many tokens as its context window holds, prompt and answer together. A longer prompt is refused:

> prompt is too long: 214315 tokens > 200000 maximum

A prompt that leaves less room than \`max_tokens\` is accepted, and the answer may stop early with
\`model_context_window_exceeded\`: a warning.

Tokens are estimated here, and only what even the lowest estimate exceeds is reported.

Source: platform.claude.com/docs/en/build-with-claude/context-windows and handling-stop-reasons (2026-10-10).`,
  check({ model, maxTokens, prompt }, report) {
    if (prompt.low <= roomFor(model, maxTokens)) return;
    const { id, context_window: window } = model;
    if (prompt.low > window) {
      report(
        atKey('params', 'messages'),
        `This prompt is estimated at ${count(prompt.low)} tokens or more, and ${id} reads at most ${count(window)}; shorten it.`,
      );
      return;
    }
    report.as(
      'warning',
      ['params', 'max_tokens'],
      `This prompt is estimated at ${count(prompt.low)} tokens or more, which leaves less than max_tokens (${count(maxTokens)}) of the ${count(window)} that ${id} holds; the answer may be cut.`,
      ...lower(window - prompt.high),
    );
  },
};

/** The tokens that a prompt may have. */
export function roomFor(model: Model, maxTokens: number): number {
  return model.context_window - Math.min(maxTokens, model.max_output_tokens);
}

function lower(left: number): Fix[] {
  return left >= 1
    ? [fix(`Set max_tokens to ${count(left)}`, replace(['params', 'max_tokens'], Math.floor(left)))]
    : [];
}
