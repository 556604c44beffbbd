import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages/batches';
import type { BatchSnapshot, RequestCounts, Run, RunState } from './run';

/** What the API says of a batch, as the part of a run that it decides. */
export function stateOf(batch: MessageBatch): Pick<Run, 'batch' | 'state'> {
  return { state: STATES[batch.processing_status] ?? 'in_progress', batch: snapshotOf(batch) };
}

const STATES: Readonly<Record<MessageBatch['processing_status'], RunState>> = {
  in_progress: 'in_progress',
  canceling: 'canceling',
  ended: 'ended',
};

export function snapshotOf(batch: MessageBatch): BatchSnapshot {
  const { id, processing_status, request_counts, created_at, expires_at, archived_at, ended_at, cancel_initiated_at } =
    batch;
  return {
    id,
    processing_status,
    request_counts: countsOf(request_counts),
    created_at,
    expires_at,
    archived_at,
    ended_at,
    cancel_initiated_at,
  };
}

/** What is no number is nothing to count with. */
function countsOf(counts: MessageBatch['request_counts']): RequestCounts {
  const count = (name: keyof RequestCounts): number => (Number.isFinite(counts[name]) ? counts[name] : 0);
  return {
    processing: count('processing'),
    succeeded: count('succeeded'),
    errored: count('errored'),
    canceled: count('canceled'),
    expired: count('expired'),
  };
}

/** Requests in the batch: the counts always add up to it. */
export function totalOf({ request_counts }: BatchSnapshot): number {
  const { processing, succeeded, errored, canceled, expired } = request_counts;
  return processing + succeeded + errored + canceled + expired;
}
