import type { Ending, MessageBatch } from './options';
import type { RequestsFile } from './requests-file';
import type { Counts } from './rows';

/** One batch. Times are milliseconds since 1970. */
export interface Batch {
  readonly id: string;
  /** 1-based: which of the sandbox's batches it is. */
  readonly number: number;
  readonly requests: RequestsFile;
  /** The headers it was created with: they decide what its rows may hold. */
  readonly apiVersion: string;
  readonly betas: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
  cancelAt: number | null;
  archivedAt: number | null;
  /** Set once its results are being made, and resolved when it has ended. */
  ending: Promise<void> | null;
  /** Results that are whole, and when they became so. */
  ended: { readonly at: number; readonly counts: Counts; readonly resultsPath: string } | null;
  /** Ends it when its time has come. */
  timer: NodeJS.Timeout | null;
}

/** The batch as the API shows it. Outcomes are counted only when all of it has ended. */
export function show(batch: Batch, origin: string): MessageBatch {
  const { ended } = batch;
  const isFetchable = ended !== null && batch.archivedAt === null;
  return {
    id: batch.id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : batch.cancelAt === null ? 'in_progress' : 'canceling',
    request_counts: ended
      ? { processing: 0, ...ended.counts }
      : { processing: batch.requests.count(), succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    ended_at: ended ? apiTime(ended.at) : null,
    created_at: apiTime(batch.createdAt),
    expires_at: apiTime(batch.expiresAt),
    archived_at: batch.archivedAt === null ? null : apiTime(batch.archivedAt),
    cancel_initiated_at: batch.cancelAt === null ? null : apiTime(batch.cancelAt),
    results_url: isFetchable ? `${origin}/v1/messages/batches/${batch.id}/results` : null,
  };
}

/** How a batch ends that is left alone, and after how many milliseconds: whole, or when its window closes. */
export function naturalEnd(batch: Batch, processingMs: number): { afterMs: number; how: Ending } {
  const windowMs = batch.expiresAt - batch.createdAt;
  if (processingMs <= windowMs)
    return { afterMs: processingMs, how: { answered: batch.requests.count(), rest: 'expired' } };
  return { afterMs: windowMs, how: { answered: answeredAfter(batch, windowMs, processingMs), rest: 'expired' } };
}

/** How a batch ends that was canceled: what had been answered by then stays answered. */
export function canceledEnd(batch: Batch, processingMs: number): Ending {
  const elapsed = (batch.cancelAt ?? batch.createdAt) - batch.createdAt;
  return { answered: answeredAfter(batch, elapsed, processingMs), rest: 'canceled' };
}

function answeredAfter(batch: Batch, elapsedMs: number, processingMs: number): number {
  const count = batch.requests.count();
  return processingMs === 0 ? count : Math.min(count, Math.floor((count * elapsedMs) / processingMs));
}

/** RFC 3339 with six decimals and an offset, as the API writes it: `2026-11-20T21:04:07.123000+00:00`. */
function apiTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
