import { closeSync, openSync, readSync } from 'node:fs';
import type { ApiFault } from '../batch/api-fault';
import type { ModelTable } from '../batch/cost/models';
import { isObject } from '../batch/json';
import { readLines } from '../files/read-lines';
import { parseLine } from '../runs/custom-id';
import { ResultsChangedError } from '../runs/results-index';
import { missingRow, type RowFacts, rowFacts } from './row-facts';

/** A row where it stands. Of one that is `missing` there is no file: its `bytes` are 0. */
export interface TableRow extends RowFacts {
  /** Index into the table's files. */
  readonly file: number;
  /** 0-based number of its line. */
  readonly line: number;
  /** Where it begins, and how long it is without its end. */
  readonly start: number;
  readonly bytes: number;
}

export interface LoadOptions {
  readonly models: ModelTable;
  readonly signal?: AbortSignal;
  /** Called after each chunk, from 0 to 1. The rows read so far can be used already. */
  readonly onProgress?: (done: number) => void;
}

/** Results as a table: of one file, or of a run and its retries. In memory is what each row says in short; its text stays on disk. */
export class ResultsTable {
  readonly #rows: TableRow[] = [];
  readonly #byId = new Map<string, number>();
  readonly #earlier = new Map<string, TableRow[]>();
  readonly #files: number[] = [];
  readonly #words = new Map<string, string>();
  readonly #faults = new Map<string, ApiFault>();

  /** `paths` are the attempts, oldest first. */
  constructor(readonly paths: readonly string[]) {}

  /** One per request, and those that are no result. The number of a row never changes. */
  get rows(): readonly TableRow[] {
    return this.#rows;
  }

  /** The number of the row that counts for an id. */
  indexOf(customId: string): number | undefined {
    return this.#byId.get(customId);
  }

  /** Rows that another attempt has taken the place of, oldest first. */
  earlier(customId: string): readonly TableRow[] {
    return this.#earlier.get(customId) ?? [];
  }

  /** Reads all files. Throws what `readLines` throws. */
  async load({ models, signal, onProgress }: LoadOptions): Promise<void> {
    for (const [file, path] of this.paths.entries()) {
      this.#files.push(openSync(path, 'r'));
      let line = 0;
      await readLines(
        path,
        (raw) => {
          if (!raw.isBlank) {
            const { start, from, to } = raw;
            this.#add({ file, line, start, bytes: to - from, ...this.#shared(rowFacts(parseLine(raw.bytes), models)) });
          }
          line++;
        },
        {
          ...(signal && { signal }),
          onProgress: (read, size) => onProgress?.((file + read / size) / this.paths.length),
        },
      );
    }
  }

  /** Ids that were submitted get a row that says that they have none. */
  addMissing(submitted: Iterable<string>): void {
    for (const customId of submitted) {
      if (!this.#byId.has(customId)) this.#add({ file: 0, line: -1, start: 0, bytes: 0, ...missingRow(customId) });
    }
  }

  /** A row's own bytes, read from disk at every call. Throws `ResultsChangedError`. */
  bytesOf({ file, start, bytes }: TableRow): Buffer {
    const row = Buffer.allocUnsafe(bytes);
    const handle = this.#files[file];
    if (handle === undefined || readSync(handle, row, 0, bytes, start) !== bytes) throw this.#changed(file);
    return row;
  }

  /** The row as the API wrote it; undefined for a missing row or a line that is no JSON. Throws `ResultsChangedError`. */
  valueOf(row: TableRow): unknown {
    if (row.bytes === 0) return undefined;
    const value = parseLine(this.bytesOf(row));
    const customId = isObject(value) ? value.custom_id : undefined;
    if (row.customId !== null && customId !== row.customId) throw this.#changed(row.file);
    return value;
  }

  close(): void {
    for (const file of this.#files.splice(0)) closeSync(file);
  }

  #changed(file: number): ResultsChangedError {
    return new ResultsChangedError(this.paths[file] ?? '');
  }

  #add(row: TableRow): void {
    const { customId } = row;
    const index = customId === null ? undefined : this.#byId.get(customId);
    const before = index === undefined ? undefined : this.#rows[index];
    if (index === undefined || !before || before.file === row.file) {
      // A second row of one id in one file is shown too, and the first is the one that counts.
      if (customId !== null && !before) this.#byId.set(customId, this.#rows.length);
      this.#rows.push(row);
      return;
    }
    const wins = isSuccess(row) || !isSuccess(before);
    if (wins) this.#rows[index] = row;
    const earlier = this.#earlier.get(customId ?? '') ?? [];
    this.#earlier.set(customId ?? '', [...earlier, wins ? before : row]);
  }

  /** The same few words stand in every row: each is kept once. */
  #shared(facts: RowFacts): RowFacts {
    const once = (word: string | null): string | null => {
      if (word === null) return null;
      if (!this.#words.has(word)) this.#words.set(word, word);
      return this.#words.get(word) ?? word;
    };
    return { ...facts, stopReason: once(facts.stopReason), model: once(facts.model), fault: this.#fault(facts.fault) };
  }

  #fault(fault: ApiFault | null): ApiFault | null {
    if (!fault) return null;
    const key = faultKey(fault);
    const known = this.#faults.get(key) ?? fault;
    this.#faults.set(key, known);
    return known;
  }
}

const isSuccess = ({ outcome }: RowFacts): boolean => outcome === 'answered' || outcome === 'suspicious';

/** Faults with the same key are one group. */
export function faultKey({ type, message }: ApiFault): string {
  return `${type}: ${message}`;
}
