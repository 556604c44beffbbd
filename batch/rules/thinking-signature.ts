import { fix, remove } from '../edit';
import { allBlocks } from './read';
import type { LineRule } from './rule';

/** A thinking block that cannot have come from the API as it stands. */
export const thinkingSignature: LineRule = {
  id: 'thinking-signature',
  severity: 'error',
  refusedAt: 'row',
  title: 'Thinking block without a signature',
  docs: `Thinking goes back to the API as it came, with its \`signature\`; its text may be empty, its signature may not. Whether
a signature is genuine only the API can tell; that it is missing or was garbled is seen here.

> messages.1.content.0: Invalid \`signature\` in \`thinking\` block

Leave the block out where the original is lost, and then switch manual thinking off for this request.

Source: platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting (2026-10-10).`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"thinking","thinking":"A greeting.","signature":""},{"type":"text","text":"Hello!"}]},{"role":"user","content":"And now?"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"text","text":"Hello!"}]},{"role":"user","content":"And now?"}]}}',
  },
  check({ params }, _context, report) {
    for (const [block, path] of allBlocks(params)) {
      const proof = PROOFS.find(({ type }) => type === block.type)?.field;
      const value = proof === undefined ? undefined : block[proof];
      if (proof === undefined || typeof value !== 'string' || BASE64.test(value)) continue;
      report(
        [...path, proof],
        `The ${proof} of this block ${value === '' ? 'is empty' : 'is not one that the API gave'}; send the block as it was received, or leave it out.`,
        fix('Remove the Thinking Block', remove(path)),
      );
    }
  },
};

/** What proves that a block is the API's own. */
const PROOFS = [
  { type: 'thinking', field: 'signature' },
  { type: 'redacted_thinking', field: 'data' },
] as const;

/** Either alphabet, padded or not. */
const BASE64 = /^[A-Za-z0-9+/_-]+=*$/;
