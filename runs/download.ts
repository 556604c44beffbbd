import type { ModelTable } from '../batch/cost/models';
import type { BatchesApi } from './batches-api';
import { type Clock, systemClock } from './clock';
import { writeNewFile } from './new-file';
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
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** What was seen of the results while they went by. */
export interface Download {
  readonly scan: ResultsScan;
  readonly usd: number | null;
}

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/**
 * Brings a batch's results to disk as the API sends them, from the beginning again where the stream is cut. Throws
 * `RunError`; then there is no file.
 */
export async function downloadResults(options: DownloadOptions): Promise<Download> {
  const { signal, clock = systemClock } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await downloadOnce(options, attempt === ATTEMPTS);
    } catch (error) {
      const passing = isRunError(error) && (error.kind === 'network' || error.kind === 'server');
      if (!passing || attempt === ATTEMPTS) throw error;
      await clock.sleep(PAUSE_MS * attempt, signal);
    }
  }
}

async function downloadOnce(options: DownloadOptions, last: boolean): Promise<Download> {
  const { api, batchId, rows, target, like, models, onProgress, signal } = options;
  const spend = new Spend(models);
  const scan = new ResultsScan((row, kind) => {
    if (kind === 'succeeded') spend.add(row);
  });

  async function* chunks(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of await api.results(batchId, signal)) {
      scan.push(chunk);
      bytes += chunk.length;
      onProgress?.(bytes);
      yield chunk;
    }
    scan.end();
    if (!isWhole(scan, rows, last)) {
      throw new RunError('network', `The results ended after ${scan.rows} of ${rows} rows.`);
    }
  }

  await writeNewFile(target, chunks(), { like, signal });
  return { scan, usd: spend.usd };
}

/**
 * Not every transport tells a cut from an end, so too few rows are asked for again. When they are as few every time and
 * none of them is broken, that is what the API has; which are missing is said by `reconcile`.
 */
function isWhole(scan: ResultsScan, rows: number, last: boolean): boolean {
  return scan.rows >= rows || (last && scan.unreadable === 0);
}
