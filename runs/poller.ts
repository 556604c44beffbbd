import type { ModelTable } from '../batch/cost/models';
import type { BatchesApi } from './batches-api';
import type { Clock } from './clock';
import type { Journal } from './journal';
import type { Run } from './run';
import type { RunError } from './run-error';

export interface PollSituation {
  /** Since submission. */
  readonly ageMs: number;
  /** What the API asked for. */
  readonly retryAfterMs: number | null;
  /** Polls that failed in a row. */
  readonly failures: number;
  readonly sandbox: boolean;
}

/** Milliseconds until the API is asked again. */
export declare function nextPollDelay(situation: PollSituation): number;

export interface FollowOptions {
  readonly journal: Journal;
  /** Null where this process cannot reach the run's API: no key, or a sandbox of another window. */
  readonly apiFor: (run: Run) => Promise<BatchesApi | null>;
  readonly models: ModelTable;
  /** After every change of a run that is in the journal. */
  readonly onChange?: (run: Run) => void;
  /** A poll or a fetch failed; it is tried again by itself unless the key was refused. */
  readonly onTrouble?: (run: Run, error: RunError) => void;
  /** Bytes of results received so far. */
  readonly onFetching?: (run: Run, bytes: number) => void;
  /** Asks at this fixed interval instead of backing off. */
  readonly pollIntervalMs?: number;
  readonly clock?: Clock;
}

/** Follows one run until it is closed (results on disk, lost, not sent) and returns it. Throws `RunError` `canceled`, or `auth` and `permission` when the key is refused. */
export declare function followRun(id: string, options: FollowOptions, signal?: AbortSignal): Promise<Run>;

/** Follows every open run of the journal, also those that other processes add, until closed. */
export interface RunWatch {
  /** Looks again at runs that could not be reached: a key was set, a sandbox started. */
  refresh(): void;
  /** Ends all waiting; resolves when nothing of it runs any more. */
  close(): Promise<void>;
}
export declare function watchRuns(options: FollowOptions): RunWatch;
