import type { Run } from '../../../runs/run';
import { amiss } from '../../../runs/run-words';

/** Of which ends of batches a person is told by a notification. */
export const NOTIFY = ['all', 'failures', 'none'] as const;
export type Notify = (typeof NOTIFY)[number];

/** Whether the end of a run is told, by the setting `messageBatches.notify`. */
export function isTold({ state, outcome }: Run, notify: Notify): boolean {
  const isWell = state === 'fetched' && outcome !== null && amiss(outcome).length === 0;
  return notify === 'all' || (notify === 'failures' && !isWell);
}
