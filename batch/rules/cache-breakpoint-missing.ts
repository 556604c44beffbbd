import { missingMarks } from '../cost/cache-lens';
import { CACHE_HITS } from '../cost/cache-savings';
import { type Edit, insert, wrap } from '../edit';
import { atKey } from '../finding';
import { count, counted, percent, usd } from '../wording';
import type { FileRule } from './rule';

/** USD that have to be in it at best before anyone is told. */
const WORTH_TELLING = 0.01;

/** A beginning that many requests share, and that they do not ask to be cached. */
export const cacheBreakpointMissing: FileRule<'cache'> = {
  id: 'cache-breakpoint-missing',
  severity: 'hint',
  refusedAt: 'never',
  title: 'Shared beginning that is not cached',
  docs: `Requests that begin alike (the tools, then the blocks of the system prompt, the same to the byte and for the same model)
can share that beginning in the cache: a \`cache_control\` mark at its end writes it once and reads it for a tenth of the
price or less. In a batch a read is best effort: of requests with the same mark 30 % to 98 % find the cache filled. The
figures say what that comes to, at worst and at best; a write for an hour costs twice the input price, so that few reads
can make it dearer. What is expected is the middle.

Reported where the beginning is long enough for the model, caching it is expected to cost less, and at best a cent or
more is in it. The fix sets the mark in every request that begins so, for an hour, since a batch mostly takes longer than
five minutes; it comes before the text of each, and a system prompt that is a string becomes a block. A request on which
four marks stand already is left alone.

To be nearly sure of the reads, send one of the requests in a batch of its own first, and the others when it has ended.

Source: platform.claude.com/docs/en/build-with-claude/prompt-caching, …/batch-processing, Using prompt caching with
Message Batches (2026-10-10); \`schemas/models.json\`, \`schemas/prompt-cache.json\`.`,
  reads: ['cache'],
  check({ cache }, report) {
    for (const { path, requests, unmarked, firstUnmarked, tokens, saves } of cache.groups.values()) {
      if (unmarked === 0 || saves.high < WORTH_TELLING) continue;
      const all = unmarked === requests ? 'none of them marks it' : `${count(unmarked)} of them do not mark it`;
      const less = `${usd(saves.expected)} less (${outcome(saves.low)} to ${outcome(saves.high)}, as ${percent(CACHE_HITS.low)} to ${percent(CACHE_HITS.high)} of them find it there)`;
      report({
        line: firstUnmarked,
        place: atKey(...path),
        message: `${counted(requests, 'request')} share about ${count(tokens.expected)} tokens up to here, and ${all} with cache_control; cached for an hour, they would cost about ${less}.`,
        fixes: [{ title: 'Cache What They Share for an Hour', edits: [], together: true }],
      });
    }
  },
  mend({ prefixes }, { cache }) {
    if (!prefixes) return [];
    return missingMarks(prefixes, cache).map(({ path, ttl, isString }): Edit => {
      const mark = ttl === '1h' ? { type: 'ephemeral', ttl } : { type: 'ephemeral' };
      if (!isString) return insert([...path, 'cache_control'], mark);
      return wrap(path, '[{"type":"text","text":', `,"cache_control":${JSON.stringify(mark)}}]`);
    });
  },
};

function outcome(saved: number): string {
  return saved < 0 ? `${usd(-saved)} more` : `${usd(saved)} less`;
}
