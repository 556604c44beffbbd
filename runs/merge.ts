import { writeNewFile } from './new-file';
import { openResults, type Results } from './results-index';

/**
 * Joins the results of several attempts, given oldest first, into one row per id: a success beats a failure, a later
 * failure an earlier one. Returns the number of rows. Throws `RunError`, also where `target` exists.
 */
export async function mergeResults(attempts: readonly string[], target: string, signal?: AbortSignal): Promise<number> {
  const opened: Results[] = [];
  try {
    for (const attempt of attempts) opened.push(await openResults(attempt, signal ? { signal } : {}));
    const winners = winnersOf(opened);
    await writeNewFile(target, rowsOf(winners), { like: attempts[0] ?? null, signal });
    return winners.size;
  } finally {
    for (const results of opened) results.close();
  }
}

function winnersOf(attempts: readonly Results[]): Map<string, Results> {
  const winners = new Map<string, Results>();
  for (const results of attempts) {
    for (const customId of results.ids()) {
      if (winners.get(customId)?.kind(customId) !== 'succeeded') winners.set(customId, results);
    }
  }
  return winners;
}

async function* rowsOf(winners: ReadonlyMap<string, Results>): AsyncGenerator<Uint8Array> {
  for (const [customId, results] of winners) {
    const row = results.bytes(customId);
    if (row) yield Buffer.concat([row, NEWLINE]);
  }
}

const NEWLINE = Buffer.from('\n');
