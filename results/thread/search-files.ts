import { matcherOf } from '../search';
import { rowsInFiles } from './rows-in-files';
import type { Found, SearchTask, Tell } from './task';

/** The lines of results files that hold a pattern. Throws `SyntaxError`, and what `readLines` throws. */
export async function searchFiles({ paths, pattern }: SearchTask, tell: Tell): Promise<Found['search']> {
  const matches = matcherOf(pattern);
  const found = paths.map((): number[] => []);
  let matchedFor = 0;
  await rowsInFiles(
    paths,
    (file, rows) => {
      const start = performance.now();
      for (const { line, value } of rows) if (matches(value)) found[file]?.push(line);
      matchedFor += performance.now() - start;
    },
    (done) => tell(done, matchedFor),
  );
  return found;
}
