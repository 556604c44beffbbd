import { attemptsOf, type KnownRun } from '../runs/results-files';
import { type LoadOptions, ResultsTable } from './results-table';

/**
 * The results at `resultsPath` and those of its retries, read as one: every submitted id has a row. `submitted` is null
 * where the ids are not known any more; `runs` are those that the journal knows. Close it. Throws what `readLines` throws.
 */
export async function openTable(
  resultsPath: string,
  submitted: Iterable<string> | null,
  { runs, ...options }: LoadOptions & { readonly runs?: readonly KnownRun[] },
): Promise<ResultsTable> {
  const table = new ResultsTable(await attemptsOf(resultsPath, runs));
  try {
    await table.load(options);
    if (submitted) table.addMissing(submitted);
    return table;
  } catch (error) {
    table.close();
    throw error;
  }
}
