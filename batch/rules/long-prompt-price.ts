import { atKey } from '../finding';
import { count } from '../wording';
import type { SizeRule } from './rule';

/** A prompt so long that the whole request costs more. */
export const longPromptPrice: SizeRule = {
  id: 'long-prompt-price',
  severity: 'warning',
  refusedAt: 'never',
  title: 'Prompt above the price step',
  docs: `Claude Haiku 5.5 costs five times as much for a request whose prompt is longer than 100,000 tokens: all of its input,
cached or not, and its output. Each request counts on its own, so two shorter ones may cost less than one.

Tokens are estimated here, and only what even the lowest estimate exceeds is reported.

Source: platform.claude.com/docs/en/about-claude/pricing (2026-10-10); \`schemas/models.json\`.`,
  check({ model, modelName, prompt }, report) {
    const above = model.price_above_prompt_tokens;
    if (!above || !model.price_usd_per_mtok || prompt.low <= above.prompt_tokens) return;
    const factor = above.input / model.price_usd_per_mtok.input;
    report(
      atKey('params', 'messages'),
      `This prompt is estimated at ${count(prompt.low)} tokens or more, and above ${count(above.prompt_tokens)} ${modelName} costs ${count(factor)} times as much for the whole request; split it, or expect the price.`,
    );
  },
};
