import type { Fault } from './faults';
import type { UnwholeStop } from './row-faults';

/** How a sandbox is started. Everything has a default, so that `startSandbox({})` is a sandbox to play with. */
export interface SandboxOptions {
  /** 0 takes a free one, which is the default. */
  readonly port?: number;
  /** The only API key that is accepted; random by default. */
  readonly token?: string;
  /**
   * Milliseconds from create to `ended`; the default lets a person see it run. `Infinity` keeps batches in progress
   * until `end` or `advance` is called.
   */
  readonly processingMs?: number;
  /** Milliseconds from cancel to `ended`; `Infinity` as above. */
  readonly cancelMs?: number;
  /** Milliseconds from create to `expires_at`, 24 hours by default: what is not answered by then has expired. */
  readonly windowMs?: number;
  /** The `retry-after` header of a batch that is still running, in seconds; null sends none. */
  readonly retryAfterSeconds?: number | null;
  /** A larger create body is answered with 413; by default the API's own limit. */
  readonly maxBytes?: number;
  readonly maxRequests?: number;
  /** Origin of every `results_url`, by default the sandbox's own. */
  readonly resultsOrigin?: string;
  /** Tokens that it counts for one that the checker estimates; 1 by default. */
  readonly countedPerEstimated?: number;
  /** Requests, by `custom_id`, that end otherwise than their content deserves. */
  readonly rows?: Readonly<Record<string, RowOutcome>>;
  /** The same for shares of a batch's requests, which `seed` chooses: other ones in each batch, so that a retry may succeed. */
  readonly rowFaults?: readonly RowFault[];
  readonly seed?: string;
  /** What goes wrong, in the order of the list; see `Sandbox.faults`. */
  readonly faults?: readonly Fault[];
}

/** `expired`, `canceled`, an answer that stops before it is whole, or an error as a row carries it. */
export type RowOutcome = 'expired' | 'canceled' | UnwholeStop | { readonly type: string; readonly message: string };

/** So many of a batch's requests, from 0 to 1, end so. */
export interface RowFault {
  readonly share: number;
  readonly outcome: RowOutcome;
}

/** A running sandbox. */
export interface Sandbox {
  /** Origin without a trailing slash: `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  /** Everything that arrived, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** What will go wrong. Push to it at any time; a fault leaves the list when it has struck as often as it said. */
  readonly faults: Fault[];
  /** Every batch as the API would show it now, newest first. */
  batches(): MessageBatch[];
  /** Ends a running batch now, by default with every request answered. Throws for an unknown id. */
  end(id: string, how?: Ending): Promise<MessageBatch>;
  /** Ends every running batch: one in progress with its answers, a canceling one with its cancellations. */
  advance(): Promise<void>;
  /** Does to an ended batch what happens after 29 days: it is still listed, its results are gone. */
  archive(id: string): MessageBatch;
  /** Stops listening, cuts open connections and removes what was spilled to disk. */
  close(): Promise<void>;
}

/** How a batch ends before its time: the first `answered` requests of its results, and what becomes of the rest. */
export interface Ending {
  readonly answered: number;
  readonly rest: 'canceled' | 'expired';
}

/** A request as it arrived, so that a test can say "exactly one create". */
export interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Lower-case names; without the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a key came with it, and whether it was the sandbox's token. */
  readonly key: 'none' | 'wrong' | 'right';
  /** Bytes of the body that were read, and their SHA-256 in hexadecimal. */
  bytes: number;
  sha256: string;
  /** Of the answer; null while there is none, and for ever after a dropped connection. */
  status: number | null;
}

/** The API's batch object, in its own spelling. */
export interface MessageBatch {
  readonly id: string;
  readonly type: 'message_batch';
  readonly processing_status: 'in_progress' | 'canceling' | 'ended';
  readonly request_counts: {
    readonly processing: number;
    readonly succeeded: number;
    readonly errored: number;
    readonly canceled: number;
    readonly expired: number;
  };
  readonly ended_at: string | null;
  readonly created_at: string;
  readonly expires_at: string;
  readonly archived_at: string | null;
  readonly cancel_initiated_at: string | null;
  readonly results_url: string | null;
}
