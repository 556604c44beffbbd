import { counted } from '../../../batch/wording';
import type { RetryKind, RetryReason, Written } from '../../../results/retry';
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

/** More ids than these are not read in a notification. */
const NAMED = 3;

/** What a retry file holds, and which of its lines are not as they were sent; `gone` requests are no longer in their file. */
export function writtenSentence(target: string, name: string, { ids, changed }: Written, gone: number): string {
  const some = visible(changed.slice(0, NAMED).join(', ')) + (changed.length > NAMED ? ', …' : '');
  return [
    `${target} holds ${counted(ids.length, 'request')}; look it over and submit it.`,
    ...(changed.length > 0 ? [`Changed since they were sent: ${counted(changed.length, 'line')} (${some}).`] : []),
    ...(gone > 0 ? [`No longer in ${name}: ${counted(gone, 'request')}.`] : []),
  ].join(' ');
}
