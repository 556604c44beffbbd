import { type Fix, fix, replace } from '../edit';
import { atKey } from '../finding';
import { count } from '../wording';
import { modelOf } from './read';
import { promptBeyond } from './read-size';
import type { LineRule } from './rule';

/** A prompt that is longer than its model can read. */
export const contextWindow: LineRule = {
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
  check({ params }, context, report) {
    const model = modelOf(params, context);
    const asked = typeof params.max_tokens === 'number' ? Math.max(0, params.max_tokens) : 0;
    const room = (model?.context_window ?? 0) - Math.min(asked, model?.max_output_tokens ?? 0);
    const prompt = model && promptBeyond(room, params, model);
    if (!prompt || prompt.low <= room) return;
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
      `This prompt is estimated at ${count(prompt.low)} tokens or more, which leaves less than max_tokens (${count(asked)}) of the ${count(window)} that ${id} holds; the answer may be cut.`,
      ...lower(window - prompt.high),
    );
  },
};

function lower(left: number): Fix[] {
  return left >= 1
    ? [fix(`Set max_tokens to ${count(left)}`, replace(['params', 'max_tokens'], Math.floor(left)))]
    : [];
}
