import { access } from 'node:fs/promises';
import path from 'node:path';
import type { ModelTable } from '../batch/cost/models';
import { size } from '../batch/wording';
import { systemClock } from '../runs/clock';
import type { Run } from '../runs/run';
import { loadRuns } from './bundles';
import { Failure } from './exit';
import { amissLines, endPhrase } from './run-words';
import type { Session } from './session';
import type { Terminal } from './terminal';

/**
 * Brings the results of an ended run to disk, where they are not there yet, or once more to another place. Throws
 * `RunError` and `Failure`.
 */
export async function bringResults(
  run: Run,
  output: string | undefined,
  { session, models }: { readonly session: Session; readonly models: ModelTable },
  terminal: Terminal,
): Promise<Run> {
  const elsewhere = await placeFor(run, output, terminal.cwd);
  const options = {
    api: session.apiOf(run),
    journal: session.journal,
    models,
    ...(elsewhere && { to: elsewhere }),
    onProgress: (bytes: number) => terminal.progress(`Fetched ${size(bytes)}`),
    signal: terminal.signal,
  };
  for (;;) {
    const fetched = await loadRuns().fetchRun(run, options);
    if (fetched) return fetched;
    terminal.progress('Another process is fetching these results right now: waiting for it');
    await systemClock.sleep(LOOK_AGAIN_MS, terminal.signal);
  }
}

const LOOK_AGAIN_MS = 200;

/** Where the results of a run are to go, absolute, if not where they were promised. Throws a `Failure` where that is taken. */
export async function placeFor(run: Run, output: string | undefined, cwd: string): Promise<string | null> {
  const wanted = await freeOutput(output, cwd, run.resultsPath);
  return wanted === run.resultsPath ? null : wanted;
}

/** An `-o` made absolute; null without one. Throws a `Failure` where something lies there that is not `own`. */
export async function freeOutput(
  output: string | undefined,
  cwd: string,
  own: string | null = null,
): Promise<string | null> {
  if (output === undefined) return null;
  const file = path.resolve(cwd, output);
  const isTaken = await access(file).then(
    () => file !== own,
    () => false,
  );
  if (isTaken) throw new Failure(`${output} exists already, and nothing is ever overwritten.`);
  return file;
}

/** How a run came out, with the names of the rows that are amiss. */
export function sayEnd(run: Run, { say }: Terminal): void {
  say(endPhrase(run));
  for (const line of run.outcome ? amissLines(run.outcome) : []) say(line);
}
