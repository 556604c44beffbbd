import type { Results } from './results-index';

/** What may be sent again: rows that failed through no fault of their own, and requests that got no row. */
export const RETRY_KINDS = ['errored', 'expired', 'canceled', 'missing'] as const;
export type RetryKind = (typeof RETRY_KINDS)[number];

export interface RetrySet {
  /** In the order of submission. */
  readonly ids: readonly string[];
  /** Errored rows that would fail again unchanged, with the API's message. */
  readonly refused: readonly { readonly customId: string; readonly message: string }[];
}
/** Which of `ids` may be sent again as they are. */
export declare function retrySet(results: Results, ids: readonly string[], kinds?: readonly RetryKind[]): RetrySet;
/** Copies the lines of `source` with these ids to `target`, byte for byte; returns how many there were. `target` must not exist. */
export declare function writeRetryFile(source: string, ids: readonly string[], target: string, signal?: AbortSignal): Promise<number>;
