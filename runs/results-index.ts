import type { ResultKind, ResultRow } from './result';

/** A results file, opened for looking up rows by id. */
export interface Results {
  readonly path: string;
  /** Distinct ids in the file's order. */
  ids(): IterableIterator<string>;
  readonly size: number;
  readonly counts: Readonly<Record<ResultKind, number>>;
  /** Ids that have more than one row: the first is the one that counts. */
  readonly repeated: readonly string[];
  /** Lines that are no result. */
  readonly unreadable: number;
  has(customId: string): boolean;
  kind(customId: string): ResultKind | null;
  /** Read from disk at every call; null for an id that has no row. Throws when the file was changed since it was opened. */
  get(customId: string): ResultRow | null;
  /** The row's own bytes, without the line's end. */
  bytes(customId: string): Uint8Array | null;
  close(): void;
}
/** Reads the file once for where its rows stand. Throws what `node:fs` throws. */
export declare function openResults(path: string, signal?: AbortSignal): Promise<Results>;
