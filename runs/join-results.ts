import type { ModelTable } from '../batch/cost/models';
import { readChunks } from '../files/read-lines';
import { writeNewFile } from './new-file';
import { reconcile } from './reconcile';
import { ResultsScan } from './results-scan';
import type { RunOutcome } from './run';
import { Spend } from './usage-cost';

export interface JoinOptions {
  readonly models: ModelTable;
  /** The file whose permission bits the results get. */
  readonly like: string;
  readonly signal?: AbortSignal | undefined;
}

const LINE_FEED = 0x0a;

/**
 * Writes the results in several files (absolute paths) to one that is not there yet, and holds them against what was
 * `submitted`. Throws `RunError` and what the file system throws; then there is no file.
 */
export async function joinResults(
  files: readonly string[],
  target: string,
  submitted: readonly string[] | null,
  { models, like, signal }: JoinOptions,
): Promise<RunOutcome> {
  const spend = new Spend(models);
  const scan = new ResultsScan((row, kind) => {
    if (kind === 'succeeded') spend.add(row);
  });
  async function* rows(): AsyncGenerator<Uint8Array> {
    for await (const chunk of linesOf(files)) {
      scan.push(chunk);
      yield chunk;
    }
    scan.end();
  }
  await writeNewFile(target, rows(), { like, signal });
  return reconcile(submitted, scan, spend);
}

/** One file after the other; no row runs into the next file's first. */
async function* linesOf(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    let last = LINE_FEED;
    // A copy, because the chunk's memory is used again for the next.
    for await (const chunk of readChunks(file)) {
      last = chunk.at(-1) ?? last;
      yield Uint8Array.from(chunk);
    }
    if (last !== LINE_FEED) yield Uint8Array.of(LINE_FEED);
  }
}
