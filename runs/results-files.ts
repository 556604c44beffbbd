import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { stemOf } from './results-path';
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
 * The results files of `source`, beside it and in `resultsFolder` (absolute): joined attempts first, then the newest.
 * Needs neither journal nor key, so that a colleague's clone works.
 */
export async function findResultsFiles(source: string, resultsFolder?: string | null): Promise<ResultsFile[]> {
  const folders = new Set([path.dirname(source), ...(resultsFolder ? [resultsFolder] : [])]);
  const found = await Promise.all([...folders].map((folder) => resultsIn(folder, stemOf(source))));
  return found.flat().sort((a, b) => compareNewestFirst(a.submittedAt, b.submittedAt));
}

/** The batch file beside a results file that it is named after; null where there is none. */
export async function findSourceOf(resultsPath: string): Promise<string | null> {
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
  for (const { resultsPath: file, startedAt } of linked)
    if (await isThere(file)) times.set(file, startedAt.replace(/[-:.]/g, ''));
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
export type KnownRun = Pick<Run, 'id' | 'retryOf' | 'resultsPath' | 'startedAt' | 'state'>;

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

function compareNewestFirst(a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  return compareTimes(b, a);
}

/** `20261120T2104Z` comes before `20261120T2104Z-2`. */
function compareTimes(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
