import { count, counted } from '../wording';
import type { FileRule } from './rule';

/** A request that begins as many others do, and then differs. */
export const cachePrefixDiffers: FileRule<'cache'> = {
  id: 'cache-prefix-differs',
  severity: 'information',
  refusedAt: 'never',
  title: 'Beginning that is not quite the same',
  docs: `The cache holds what is the same to the byte from the first tool on. A date, a blank or another order in the system prompt
or the tools of some requests keeps them from what all others share: they are processed, and paid, in full.

Reported for requests that are fewer than half as many as those they differ from, in a part that is worth caching. It
stands on the first character that is another, with a link to its counterpart. Where it is meant, put what differs behind
what is the same.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching, What invalidates the cache (2026-10-10).`,
  reads: ['cache'],
  check({ cache }, report) {
    for (const { line, path, group } of cache.deviations) {
      const { line: first, requests, tokens } = group;
      report({
        line,
        place: { at: 'difference', path, from: first },
        message: `${counted(requests, 'request')} share about ${count(tokens.expected)} tokens in the cache; this one differs from them here, and shares nothing from here on.`,
        related: [{ line: first, place: { at: 'difference', path, from: line }, message: 'What the others say' }],
      });
    }
  },
};
