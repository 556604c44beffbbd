import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { JsonObject } from '../../batch/json';
import type { ReadOptions } from '../read-lines';
import { folderRows } from './folder-rows';
import { jsonLineRows, jsonRows } from './json-rows';
import { tableRows } from './table-rows';

/** One row of data. */
export interface DataRow {
  /** 1-based, the header of a table not counted. */
  readonly number: number;
  readonly fields: JsonObject;
}

export interface DataOptions extends ReadOptions {
  /** Told of each file of a folder that is neither text nor image nor PDF. */
  readonly onSkip?: (path: string) => void;
}

/**
 * The rows of a table (`.csv`, `.tsv`), of a JSON array of objects (`.json`), of JSON Lines (any other file), or the files of
 * a folder, in batches as they are read. Throws `DataError` for what is none of these, and what `readChunks` throws.
 */
export async function* dataRows(path: string, options: DataOptions = {}): AsyncGenerator<readonly DataRow[]> {
  if ((await stat(path)).isDirectory()) yield* folderRows(path, options);
  else yield* (READERS[extname(path).toLowerCase()] ?? jsonLineRows)(path, options);
}

const READERS: Readonly<Record<string, typeof jsonLineRows>> = {
  '.csv': tableRows,
  '.tsv': tableRows,
  '.tab': tableRows,
  '.json': jsonRows,
};

/** The names of the columns of the first row; none where there is no row. */
export async function columnsOf(path: string): Promise<string[]> {
  for await (const [row] of dataRows(path)) if (row) return Object.keys(row.fields);
  return [];
}
