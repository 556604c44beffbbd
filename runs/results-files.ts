import { access, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { stemOf, utcMinute } from './results-path';
import type { Run } from './run';

/** A results file, known by its name only. */
export interface ResultsFile {
  readonly path: string;
  /** `20261120T2104Z`, with `-2` where there were several in a minute; null for joined attempts. */
  readonly submittedAt: string | null;
  readonly sandbox: boolean;
}

const RESULTS_NAME =
  /^(?<stem>.+)\.(?:merged(?:-\d+)?|(?<at>\d{8}T\d{4}Z(?:-\d+)?))(?<sandbox>\.sandbox)?\.results\.jsonl$/;

/**
 * The results files of `source`, the newest first: those that are named after it, beside it and in `resultsFolder`
 * (absolute), and those that the journal knows (`runs`), wherever they lie. Joined attempts are as new as their file. Names
 * are enough, so that a colleague's clone works; where the journal knows better, it counts.
 */
export async function findResultsFiles(
  source: string,
  resultsFolder?: string | null,
  runs: readonly KnownRun[] = [],
): Promise<ResultsFile[]> {
  const folders = new Set([path.dirname(source), ...(resultsFolder ? [resultsFolder] : [])]);
  const named = (await Promise.all([...folders].map((folder) => resultsIn(folder, stemOf(source))))).flat();
  const own = runs.filter((run) => run.source === source && run.state === 'fetched');
  for (const { resultsPath, startedAt, sandbox } of await whereThere(own, (run) => run.resultsPath)) {
    if (named.every((file) => file.path !== resultsPath))
      named.push({ path: resultsPath, submittedAt: utcMinute(Date.parse(startedAt)), sandbox });
  }
  const paths = new Set(named.map((file) => file.path));
  const others = runs.filter((run) => run.source !== source && paths.has(run.resultsPath));
  const ofOthers = new Set((await whereThere(others, (run) => run.source)).map((run) => run.resultsPath));
  for (const { resultsPath } of own) ofOthers.delete(resultsPath);
  const files = named.filter((file) => !ofOthers.has(file.path));
  const times = new Map(await Promise.all(files.map(async (file) => [file, await timeOf(file)] as const)));
  return files.sort((a, b) => compareTimes(times.get(b) ?? '', times.get(a) ?? ''));
}

/**
 * The batch file of a results file: the one that the journal knows, or of which that one was a retry, else the one beside it
 * that it is named after; null where there is none.
 */
export async function findSourceOf(resultsPath: string, runs: readonly KnownRun[] = []): Promise<string | null> {
  for (let run = runs.find((each) => each.resultsPath === resultsPath); run; ) {
    if ((await whereThere([run], ({ source }) => source)).length > 0) return run.source;
    const { retryOf } = run;
    run = runs.find(({ id }) => id === retryOf);
  }
  const stem = RESULTS_NAME.exec(path.basename(resultsPath))?.groups?.stem;
  if (!stem) return null;
  const folder = path.dirname(resultsPath);
  const names = await namesIn(folder);
  const source = names.find((name) => stemOf(name) === stem && name !== stem);
  return source ? path.join(folder, source) : null;
}

/**
 * The results at `resultsPath` and those of its retries, and of their retries, oldest first: those that the journal knows
 * (`runs`), wherever they lie, and those that are named after it (`tickets.retry-1.….results.jsonl`) and are no other
 * run's. What was submitted after the next submission of the file itself belongs to that one.
 */
export async function attemptsOf(resultsPath: string, runs: readonly KnownRun[] = []): Promise<string[]> {
  const own = runs.find((run) => run.resultsPath === resultsPath);
  const linked = own ? retriesOf(own.id, runs).filter(({ state }) => state === 'fetched') : [];
  const ofOthers = new Set(runs.flatMap((run) => (run.retryOf && !linked.includes(run) ? [run.resultsPath] : [])));
  // Of those that the journal knows the second is known, too.
  const times = new Map((await namedAttempts(resultsPath)).map(([file, at]) => [file, at.replace('Z', '00000Z')]));
  for (const { resultsPath: file, startedAt } of await whereThere(linked, (run) => run.resultsPath))
    times.set(file, startedAt.replace(/[-:.]/g, ''));
  return [
    resultsPath,
    ...[...times.keys()]
      .filter((file) => !ofOthers.has(file))
      .sort((a, b) => compareTimes(times.get(a) ?? '', times.get(b) ?? '') || compareTimes(a, b)),
  ];
}

/** The runs that tried requests of a run again, and those that tried requests of these, oldest first. */
export function retriesOf<Known extends Pick<Run, 'id' | 'retryOf' | 'startedAt'>>(
  id: string,
  runs: readonly Known[],
): Known[] {
  const found = new Set([id]);
  const oldestFirst = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return oldestFirst.filter((run) => {
    const isRetry = run.retryOf !== undefined && found.has(run.retryOf);
    if (isRetry) found.add(run.id);
    return isRetry;
  });
}

/** What of the journal's runs tells which belong together. */
export type KnownRun = Pick<Run, 'id' | 'retryOf' | 'source' | 'resultsPath' | 'startedAt' | 'state' | 'sandbox'>;

/** By their names alone: paths, with when they were submitted. */
async function namedAttempts(resultsPath: string): Promise<[file: string, submittedAt: string][]> {
  const folder = path.dirname(resultsPath);
  const own = parseName(path.basename(resultsPath));
  if (!own?.submittedAt) return [];
  const since = own.submittedAt;
  const others = (await namesIn(folder))
    .flatMap((name) => parseName(name) ?? [])
    .flatMap(({ stem, name, sandbox, submittedAt }) =>
      sandbox === own.sandbox && submittedAt !== null ? [{ stem, name, submittedAt }] : [],
    );
  const next = others.filter(({ stem, submittedAt }) => stem === own.stem && compareTimes(submittedAt, since) > 0);
  const until = next.map(({ submittedAt }) => submittedAt).sort(compareTimes)[0];
  const retries = others.filter(
    ({ stem, submittedAt }) =>
      stem.startsWith(`${own.stem}.retry-`) &&
      compareTimes(submittedAt, since) >= 0 &&
      (until === undefined || compareTimes(submittedAt, until) < 0),
  );
  return retries.map(({ name, submittedAt }) => [path.join(folder, name), submittedAt]);
}

async function resultsIn(folder: string, stem: string): Promise<ResultsFile[]> {
  return (await namesIn(folder)).flatMap((name) => {
    const parsed = parseName(name);
    if (parsed?.stem !== stem) return [];
    return [{ path: path.join(folder, name), submittedAt: parsed.submittedAt, sandbox: parsed.sandbox }];
  });
}

interface ResultsName extends Omit<ResultsFile, 'path'> {
  readonly name: string;
  readonly stem: string;
}

function parseName(name: string): ResultsName | undefined {
  const groups = RESULTS_NAME.exec(name)?.groups;
  if (groups?.stem === undefined) return undefined;
  return { name, stem: groups.stem, submittedAt: groups.at ?? null, sandbox: groups.sandbox !== undefined };
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Comes after all that was submitted in the same minute. */
const LATER = 1_000_000;

/** When a file was submitted; of joined attempts, when they were joined: a later submission is newer. */
async function timeOf({ path: file, submittedAt }: ResultsFile): Promise<string> {
  if (submittedAt !== null) return submittedAt;
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
  return `${utcMinute(mtimeMs)}-${LATER}`;
}

/** `20261120T2104Z` comes before `20261120T2104Z-2`. */
function compareTimes(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Those of which this file is on disk. */
async function whereThere(runs: readonly KnownRun[], fileOf: (run: KnownRun) => string): Promise<readonly KnownRun[]> {
  const there = await Promise.all(
    runs.map((run) =>
      access(fileOf(run)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return runs.filter((_, index) => there[index]);
}
