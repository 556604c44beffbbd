import { counted } from '../../../batch/wording';
import type { RetryKind, RetryReason } from '../../../results/retry';
import { visible } from '../../../results/visible';

const LABELS: Readonly<Record<RetryKind, string>> = {
  errored: 'Failed',
  expired: 'Expired',
  canceled: 'Canceled',
  missing: 'Without a result',
  truncated: 'Cut off at max_tokens',
};

/** `Failed: overloaded_error: Overloaded` */
export function reasonLabel({ kind, fault }: RetryReason): string {
  const said = fault.replace(/\s+/g, ' ').slice(0, 160);
  return visible(said ? `${LABELS[kind]}: ${said}` : LABELS[kind]);
}

/** Says what is left out; empty where nothing is. */
export function hopelessSentence(reasons: readonly RetryReason[]): string {
  const requests = reasons.reduce((sum, { isHopeless, ids }) => sum + (isHopeless ? ids.length : 0), 0);
  return requests === 0 ? '' : `Left out: ${counted(requests, 'request')} that would fail again unchanged.`;
}
