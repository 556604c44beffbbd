import { fix, remove } from '../edit';
import { modelOf } from './read';
import { inWords, isRefused, rangeTaken, SAMPLING_PARAMS } from './read-sampling';
import { asksForThinking } from './read-thinking';
import { isOlderVersion } from './read-version';
import type { LineRule } from './rule';

/** Sampling parameters that a model does not take while it thinks. */
export const samplingWithThinking: LineRule = {
  id: 'sampling-with-thinking',
  severity: 'error',
  refusedAt: 'row',
  title: 'Sampling parameters with thinking',
  docs: `While a model thinks, \`temperature\` may only be 1, \`top_p\` only 0.95 or more, and \`top_k\` must be left out:

> \`temperature\` may only be set to 1 when thinking is enabled.

Source: platform.claude.com/docs/en/build-with-claude/extended-thinking (2026-10-10).`,
  check({ params }, context, report) {
    // Newer models refuse more than this, with or without thinking: that is the rule sampling-params.
    const judged = (modelOf(params, context)?.sampling ?? 'free') === 'free' && asksForThinking(params);
    if (!isOlderVersion(context) || !judged) return;
    for (const name of SAMPLING_PARAMS) {
      const value = params[name];
      if (!isRefused('thinking', name, value) || isRefused('free', name, value)) continue;
      const taken = rangeTaken('thinking', name);
      report(
        ['params', name],
        taken
          ? `With thinking, ${name} is taken only ${inWords(taken)}, and this is ${value}; remove it, or switch thinking off.`
          : `With thinking, ${name} is not taken; remove it, or switch thinking off.`,
        fix(`Remove ${name}`, remove(['params', name])),
        fix('Switch Thinking Off', remove(['params', 'thinking'])),
      );
    }
  },
};
