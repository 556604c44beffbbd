import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import type { BatchSnapshot, Run } from './run';

/**
 * - `adopted`: exactly one batch can be this run's; it is now followed.
 * - `several`: a person must say which (`adoptBatch`).
 * - `none`: none was found (yet): look again, or let a person decide (`declareNotSent`).
 */
export type Settlement =
  | { readonly kind: 'adopted'; readonly run: Run }
  | { readonly kind: 'several'; readonly run: Run; readonly candidates: readonly BatchSnapshot[] }
  | { readonly kind: 'none'; readonly run: Run };

/** Looks among the newest batches for the one that an uncertain run may have made. Throws `RunError`. */
export declare function settleUncertain(run: Run, api: BatchesApi, journal: Journal, signal?: AbortSignal): Promise<Settlement>;

/** A person says which batch it was. Throws `RunError`. */
export declare function adoptBatch(run: Run, batchId: string, api: BatchesApi, journal: Journal, signal?: AbortSignal): Promise<Run>;

/** A person says that no batch was made: the run is closed as `not-sent`, and the file may be submitted anew. */
export declare function declareNotSent(run: Run, journal: Journal): Promise<Run>;
