import type { ModelTable } from '../batch/cost/models';
import { size } from '../batch/wording';
import type { BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { writeNewFile } from './new-file';
import type { ResultKind } from './result';
import { ResultsScan } from './results-scan';
import { isRunError, RunError } from './run-error';
import { Spend } from './usage-cost';

export interface DownloadOptions {
  readonly api: BatchesApi;
  readonly batchId: string;
  /** Rows that there should be. */
  readonly rows: number;
  /** Absolute path; must not exist. */
  readonly target: string;
  /** The file whose permission bits the results get. */
  readonly like: string;
  readonly models: ModelTable;
  /** Another path in the same folder, by what came. */
  readonly nameAtEnd?: ((scan: ResultsScan) => Promise<string>) | null;
  /** Gets the first row of every id. */
  readonly onRow?: ((row: Uint8Array, kind: ResultKind) => void) | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** What was seen of the results while they went by. */
export interface Download {
  readonly scan: ResultsScan;
  readonly spend: Spend;
}

/** After which pauses they are asked for again. */
const PAUSES_MS: readonly number[] = [0, 1_000, 2_000, 4_000, 8_000];
/** So often in a row, whole and in the same number, rows are what the API has. */
const CONVINCED = 3;

/** The longest answers have a few megabytes; a row without an end must not fill the memory. */
const MOST_ROW_BYTES = 64 << 20;

/**
 * Brings a batch's results to disk as the API sends them, from the beginning again where the stream is cut. Throws
 * `RunError`; then there is no file.
 */
export async function downloadResults(options: DownloadOptions): Promise<Download> {
  const { signal, clock = systemClock } = options;
  const short = new ShortOnes();
  for (let attempt = 0; ; attempt++) {
    try {
      return await downloadOnce(options, short);
    } catch (error) {
      const passing = isRunError(error) && (error.kind === 'network' || (error.status ?? 0) >= 500);
      const pause = PAUSES_MS[attempt];
      if (!passing || pause === undefined) throw error;
      if (pause > 0) await clock.sleep(pause, signal);
    }
  }
}

async function downloadOnce(options: DownloadOptions, short: ShortOnes): Promise<Download> {
  const { api, batchId, rows, target, like, models, nameAtEnd, onRow, onProgress, signal } = options;
  const spend = new Spend(models);
  const scan = new ResultsScan((row, kind) => {
    if (kind === 'succeeded') spend.add(row);
    onRow?.(row, kind);
  });
  const { chunks, framed } = await api.results(batchId, signal);

  async function* whole(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of chunks) {
      scan.push(chunk);
      if (scan.begun > MOST_ROW_BYTES)
        throw new RunError('server', `A row of the results does not end: ${size(scan.begun)} have come of it.`);
      bytes += chunk.length;
      onProgress?.(bytes);
      yield chunk;
    }
    scan.end();
    if (!isWhole(scan, rows) && !(framed && short.convinces(scan))) {
      throw new RunError('network', `The results ended after ${scan.rows} of ${rows} rows.`);
    }
  }

  await writeNewFile(target, whole(), { like, signal, nameAtEnd: nameAtEnd ? () => nameAtEnd(scan) : undefined });
  return { scan, spend };
}

function isWhole(scan: ResultsScan, rows: number): boolean {
  return scan.rows >= rows && !scan.torn;
}

/**
 * Not every transport tells a cut from an end, so too few rows are asked for again. When they are as few every time, and
 * the answer said where it ends, that is what the API has; which are missing is said by `reconcile`.
 */
class ShortOnes {
  #rows = -1;
  #times = 0;

  /** A page of a proxy has no result at all, however often it comes. */
  convinces({ rows, size, torn }: ResultsScan): boolean {
    this.#times = rows === this.#rows ? this.#times + 1 : 1;
    this.#rows = rows;
    return size > 0 && !torn && this.#times >= CONVINCED;
  }
}
