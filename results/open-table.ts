import { attemptsOf } from '../runs/results-files';
import { type LoadOptions, ResultsTable } from './results-table';

/**
 * The results at `resultsPath` and those of its retries, read as one: every submitted id has a row. `submitted` is null
 * where the ids are not known any more. Close it. Throws what `readLines` throws.
 */
export async function openTable(
  resultsPath: string,
  submitted: Iterable<string> | null,
  options: LoadOptions,
): Promise<ResultsTable> {
  const table = new ResultsTable(await attemptsOf(resultsPath));
  try {
    await table.load(options);
    if (submitted) table.addMissing(submitted);
    return table;
  } catch (error) {
    table.close();
    throw error;
  }
}
