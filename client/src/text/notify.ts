import { count } from '../../../batch/wording';
import { resultsUntil, utc } from '../../../runs/deadlines';
import type { Run } from '../../../runs/run';
import { amiss, endSentence, nameOf } from '../../../runs/run-words';
import type { Notify } from '../settings';

/** Whether the end of a run is told, by the setting `messageBatches.notify`. */
export function isTold(run: Run, notify: Notify): boolean {
  // A sandbox forgets its batches when it is left: that is no news.
  if (run.sandbox && run.state === 'lost') return false;
  return notify === 'all' || (notify === 'failures' && !isWell(run));
}

/** All requests were answered and every row is there. */
export const isWell = ({ state, outcome }: Run): boolean =>
  state === 'fetched' && outcome !== null && amiss(outcome).length === 0;

/** So many are named; of more the number is said. */
const NAMED = 3;

/** What ended since somebody was told, in one notification. */
export function endsSentence(runs: readonly Run[]): string {
  const [only, ...more] = runs;
  if (only && more.length === 0) return endSentence(only);
  const named = runs.slice(0, NAMED).map((run) => endSentence(run));
  const rest = runs.length > NAMED ? [`and ${runs.length - NAMED} more`] : [];
  return `${endedBatches(runs.length)}. ${[...named, ...rest].join('; ')}`;
}

/** `3 batches ended` */
export const endedBatches = (amount: number): string => `${count(amount)} ${amount === 1 ? 'batch' : 'batches'} ended`;

/** `The results of tickets are not on this disk, and are kept at the API until 2026-12-19 21:04 UTC only.` */
export function expirySentence(runs: readonly Run[]): string {
  const times = runs.flatMap(({ batch }) => (batch ? [resultsUntil(batch)] : []));
  const names = runs.slice(0, NAMED).map(nameOf).join(', ');
  const rest = runs.length > NAMED ? ` and ${runs.length - NAMED} more` : '';
  return `The results of ${names}${rest} are not on this disk, and are kept until ${utc(Math.min(...times))} only.`;
}
