import { access } from 'node:fs/promises';
import path from 'node:path';
import { count, counted } from '../batch/wording';
import type { Journal } from './journal';
import { requestsSent } from './parts';
import { OPEN_STATES, type Run } from './run';
import { whenStarted } from './run-words';
import { settleSending } from './settle';
import { submittedIn } from './submitted';

/** What a person is about to submit. */
export interface Wanted {
  /** Absolute path. */
  readonly source: string;
  /** Of the create body. */
  readonly sha256: string;
  readonly baseUrl: string;
  readonly apiVersion: string;
  readonly betas: readonly string[];
}

/**
 * How a file stands that is submitted, perhaps not for the first time:
 * - `new`: it was not sent, or its earlier content was answered.
 * - `sending`: another program sends it right now.
 * - `undecided`: it may have been sent.
 * - `unfinished`: it was sent, perhaps in part, and its results are not here yet: one goes on with it.
 * - `complete`: its results are on disk.
 * - `missing`: its results were on disk, and are fetched again.
 * - `archived`: it was answered, and the results cannot be had any more.
 * - `changed`: a run of this very file goes on, with other content.
 */
export type Standing =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'sending' | 'undecided' | 'unfinished' | 'complete' | 'missing' | 'archived';
      readonly run: Run;
    }
  | { readonly kind: 'changed'; readonly run: Run; readonly shared: number };

/** Holds what is to be submitted against the journal, so that nothing is bought twice unasked. Throws `RunError`. */
export async function standingOf(wanted: Wanted, journal: Journal): Promise<Standing> {
  const runs = (await journal.list()).filter(({ baseUrl }) => baseUrl === wanted.baseUrl);
  for (const run of runs.filter((each) => isSame(each, wanted) && each.state !== 'not-sent')) {
    const standing = await standingOfSame(run, journal);
    if (standing) return standing;
  }
  const changed = runs.find(({ source, state }) => source === wanted.source && OPEN_STATES.includes(state));
  const now = changed && (await settleSending(changed, journal));
  if (!now || !OPEN_STATES.includes(now.state)) return { kind: 'new' };
  return { kind: 'changed', run: now, shared: await sharedIds(now, journal) };
}

function isSame(run: Run, { sha256, apiVersion, betas }: Wanted): boolean {
  return run.sha256 === sha256 && run.apiVersion === apiVersion && run.betas.join() === betas.join();
}

/** Null where it turns out that it was never sent. */
async function standingOfSame(listed: Run, journal: Journal): Promise<Standing | null> {
  const run = listed.state === 'sending' ? await settleSending(listed, journal) : listed;
  switch (run.state) {
    case 'not-sent':
      return null;
    case 'sending':
      return { kind: 'sending', run };
    case 'uncertain':
      return { kind: 'undecided', run };
    case 'fetched':
      return { kind: (await isThere(run.resultsPath)) ? 'complete' : 'missing', run };
    case 'lost':
      return { kind: 'archived', run };
    default:
      return { kind: 'unfinished', run };
  }
}

/** How many of the ids of a run are in its file as it is now. */
async function sharedIds(run: Run, journal: Journal): Promise<number> {
  const before = new Set(await journal.ids(run.id));
  return (await submittedIn(run.source)).filter(({ customId }) => before.has(customId)).length;
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** What a person is told of it: the same sentence in the editor and in the terminal. Undefined for what is new. */
export function standingPhrase(standing: Standing): string | undefined {
  if (standing.kind === 'new') return undefined;
  const { run } = standing;
  const name = path.basename(run.source);
  const sent = `sent at ${whenStarted(run)} as run ${run.id}`;
  switch (standing.kind) {
    case 'sending':
      return `Another program is sending ${name} right now, as run ${run.id}.`;
    case 'undecided':
      return `It is not known whether ${name}, ${sent}, became a batch.`;
    case 'unfinished':
      return run.state === 'partial'
        ? `Of the same requests ${count(requestsSent(run))} of ${count(run.requests)} were ${sent}: the rest is to be sent yet.`
        : `The same requests were ${sent}: that run goes on.`;
    case 'complete':
      return `Already complete: the same requests were ${sent}, and the results are at ${run.resultsPath}.`;
    case 'missing':
      return `The same requests were ${sent}, and the results are not at ${run.resultsPath} any more: they are fetched again.`;
    case 'archived':
      return `The same requests were ${sent}, and the results cannot be had any more: ${run.problem?.message ?? 'they are archived.'}`;
    case 'changed':
      return `${name} was changed, and run ${run.id} of what it was goes on: ${count(standing.shared)} of its ${counted(run.requests, 'id')} are still in the file.`;
  }
}
