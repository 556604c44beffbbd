import { open } from 'node:fs/promises';
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

/** Whether a file holds exactly these rows in this order. Throws what the file system throws. */
export async function holdsRows(file: string, table: ResultsTable, order: readonly number[]): Promise<boolean> {
  const rows = order.flatMap((index) => table.rows[index] ?? []).filter(({ bytes }) => bytes > 0);
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size !== rows.reduce((sum, { bytes }) => sum + bytes + NEWLINE.length, 0)) return false;
    for (const row of rows) {
      const expected = Buffer.concat([table.bytesOf(row), NEWLINE]);
      const { buffer } = await handle.read(Buffer.allocUnsafe(expected.length), 0, expected.length);
      if (!expected.equals(buffer)) return false;
    }
    return true;
  } finally {
    await handle.close();
  }
}

const NEWLINE = Buffer.from('\n');
