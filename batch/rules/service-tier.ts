import { fix, remove } from '../edit';
import { atKey } from '../finding';
import type { LineRule } from './rule';

/** A service tier, which a batch does not choose. */
export const serviceTier: LineRule = {
  id: 'service-tier',
  severity: 'information',
  refusedAt: 'never',
  title: 'service_tier in a batch',
  docs: `The API accepts \`service_tier\` in a batch and does not follow it: each result says \`"service_tier": "batch"\`, at batch
prices.

Source: batch results captured on 2026-09-02.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"service_tier":"auto","messages":[{"role":"user","content":"Hi"}]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
  oncePerFile: true,
  check({ params }, _context, report) {
    const tier = params.service_tier;
    if (typeof tier !== 'string') return;
    report(
      atKey('params', 'service_tier'),
      `service_tier has no effect in a batch, whose requests all run in the tier "batch".`,
      fix('Remove service_tier', remove(['params', 'service_tier'])),
    );
  },
};
