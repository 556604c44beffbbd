import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { customIdOf, parseLine } from './custom-id';
import type { ResultKind, ResultRow } from './result';
import { ResultsScan } from './results-scan';

/** A results file, opened for looking up rows by id. In memory are only the ids and where their rows stand. */
export interface Results {
  readonly path: string;
  /** Distinct ids. */
  readonly size: number;
  readonly counts: Readonly<Record<ResultKind, number>>;
  /** Ids that have more than one row; the first is the one that counts. */
  readonly repeated: readonly string[];
  /** Lines that are no result. */
  readonly unreadable: number;
  /** The first of them, 1-based. */
  readonly unreadableLines: readonly number[];
  /** Distinct ids in the file's order. */
  ids(): IterableIterator<string>;
  has(customId: string): boolean;
  /** How the request ended; null for an id that has no row. */
  kind(customId: string): ResultKind | null;
  /** The row, read from disk at every call; null for an id that has none. Throws `ResultsChangedError`. */
  get(customId: string): ResultRow | null;
  /** The row's own bytes without the line's end; null for an id that has none. Throws `ResultsChangedError`. */
  bytes(customId: string): Uint8Array | null;
  close(): void;
}

export interface OpenOptions {
  readonly signal?: AbortSignal;
  /** Gets the first row of every id while the file is read. */
  readonly onRow?: (row: Uint8Array, kind: ResultKind) => void;
}

const CHUNK_BYTES = 1 << 20;

/** Reads a results file once, to know where its rows stand. Throws what `node:fs` throws. */
export async function openResults(path: string, { signal, onRow }: OpenOptions = {}): Promise<Results> {
  const scan = new ResultsScan(onRow);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, signal })) scan.push(chunk);
  scan.end();
  return openScanned(path, scan);
}

/** Opens a results file that was scanned while it was written, without reading it. Throws what `node:fs` throws. */
export function openScanned(path: string, scan: ResultsScan): Results {
  const { counts, unreadable, unreadableLines } = scan;
  const file = openSync(path, 'r');

  function bytes(customId: string): Uint8Array | null {
    const place = scan.placeOf(customId);
    if (!place) return null;
    const row = Buffer.allocUnsafe(place.length);
    const read = readSync(file, row, 0, place.length, place.start);
    if (read !== place.length || customIdOf(row) !== customId) throw new ResultsChangedError(path);
    return row;
  }

  return {
    path,
    size: scan.size,
    counts,
    repeated: [...scan.repeated],
    unreadable,
    unreadableLines,
    ids: () => scan.ids(),
    has: (customId) => scan.has(customId),
    kind: (customId) => scan.placeOf(customId)?.kind ?? null,
    get(customId) {
      const row = bytes(customId);
      if (!row) return null;
      const value = parseLine(row);
      if (value === undefined) throw new ResultsChangedError(path);
      return value as ResultRow;
    },
    bytes,
    close: () => closeSync(file),
  };
}

/** What was read is no longer where it was: open the file anew. */
export class ResultsChangedError extends Error {
  override readonly name = 'ResultsChangedError';

  constructor(readonly path: string) {
    super(`${path} was changed since it was opened.`);
  }
}
