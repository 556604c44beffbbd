import path from 'node:path';
import { type LearnedOutput, type SeenOutput, seenTogether } from '../batch/cost/expected-output';
import type { Run } from './run';
import { filesIn, readTold } from './run-files';

/** What the answers of finished runs had. What the sandbox made up teaches only what goes to a sandbox. */
export function learnedOutputFrom(runs: readonly Run[], { sandbox }: { readonly sandbox: boolean }): LearnedOutput {
  const files: Record<string, Record<string, SeenOutput>> = {};
  const models: Record<string, SeenOutput> = {};
  for (const { source, outcome, sandbox: played, part } of runs) {
    // What the parts had, the whole has.
    if (played !== sandbox || part) continue;
    for (const { model, rows, outputTokens, mostOutputTokens, p99OutputTokens } of outcome?.answers ?? []) {
      const seen = { rows, tokens: outputTokens, most: mostOutputTokens, p99: p99OutputTokens };
      files[source] ??= {};
      files[source][model] = seenTogether(files[source][model], seen);
      models[model] = seenTogether(models[model], seen);
    }
  }
  return { files, models };
}

/** The same from a journal that may not be there: nothing is made and nothing is put aside. */
export async function learnedOutputIn(
  stateDir: string,
  options: { readonly sandbox: boolean },
): Promise<LearnedOutput> {
  const told = await Promise.all((await filesIn(path.join(stateDir, 'closed'), '.journal')).map(readTold));
  return learnedOutputFrom(
    told.flatMap((it) => it?.run ?? []),
    options,
  );
}
