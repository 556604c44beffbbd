import { writeNewFile } from '../runs/new-file';
import type { ResultsTable } from './results-table';

/**
 * Writes rows of a table, by their numbers, to a new results file: their own bytes, in this order. Missing rows have none.
 * Returns how many were written. Throws `RunError`, also where `target` exists.
 */
export async function writeRows(
  table: ResultsTable,
  order: Iterable<number>,
  target: string,
  signal?: AbortSignal,
): Promise<number> {
  let written = 0;
  async function* rows(): AsyncGenerator<Uint8Array> {
    for (const index of order) {
      const row = table.rows[index];
      if (!row || row.bytes === 0) continue;
      written++;
      yield Buffer.concat([table.bytesOf(row), NEWLINE]);
    }
  }
  await writeNewFile(target, rows(), { like: table.paths[0] ?? null, signal });
  return written;
}

const NEWLINE = Buffer.from('\n');
