import { stat } from 'node:fs/promises';
import path from 'node:path';

export interface ResultsPathOptions {
  /** Absolute path of the batch file. */
  readonly source: string;
  /** Milliseconds since 1970, at submission. */
  readonly at: number;
  readonly sandbox: boolean;
  /** Absolute; the source's own folder where it is null. */
  readonly folder?: string | null | undefined;
  /** Paths that are promised to other runs. */
  readonly taken?: ReadonlySet<string>;
}

/** Where the results of a submission will lie: `tickets.20261120T2104Z.results.jsonl`, with `-2` after the time where that is taken. */
export async function resultsPathFor({ source, at, sandbox, folder, taken }: ResultsPathOptions): Promise<string> {
  const place = path.join(folder ?? path.dirname(source), stemOf(source));
  const kind = sandbox ? 'sandbox.results' : 'results';
  return firstFree((n) => `${place}.${utcMinute(at)}${n > 1 ? `-${n}` : ''}.${kind}.jsonl`, taken);
}

/** Where results are kept that turned out not to be those of the run: never under the name that was promised. */
export async function unprovenPathFor(resultsPath: string): Promise<string> {
  const place = resultsPath.replace(/(\.results)?\.jsonl$/i, '');
  return firstFree((n) => `${place}.unproven${n > 1 ? `-${n}` : ''}.results.jsonl`);
}

/** Where a retry of failed requests is written: `tickets.retry-1.batch.jsonl`, the first number that is free. */
export async function retryPathFor(source: string): Promise<string> {
  const place = path.join(path.dirname(source), stemOf(source));
  return firstFree((n) => `${place}.retry-${n}.batch.jsonl`);
}

/** Where the requests without errors are written: `tickets.valid.batch.jsonl`, with `-2` where that is taken. */
export async function validPathFor(source: string): Promise<string> {
  const place = path.join(path.dirname(source), stemOf(source));
  return firstFree((n) => `${place}.valid${n > 1 ? `-${n}` : ''}.batch.jsonl`);
}

/** Where the requests with errors are written, when the others are sent: `tickets.left-out.batch.jsonl`, with `-2` where that is taken. */
export async function leftOutPathFor(source: string): Promise<string> {
  const place = path.join(path.dirname(source), stemOf(source));
  return firstFree((n) => `${place}.left-out${n > 1 ? `-${n}` : ''}.batch.jsonl`);
}

/** Where a copy with its faults mended is written: `tickets.fixed.batch.jsonl`, with `-2` where that is taken. */
export async function fixedPathFor(source: string): Promise<string> {
  const place = path.join(path.dirname(source), stemOf(source));
  return firstFree((n) => `${place}.fixed${n > 1 ? `-${n}` : ''}.batch.jsonl`);
}

/** Where a batch file made from `data` is written: `tickets.batch.jsonl` of `tickets.csv`, with `-2` where that is taken. */
export async function createdPathFor(data: string): Promise<string> {
  const { dir, name } = path.parse(data);
  return firstFree((n) => `${path.join(dir, stemOf(name))}${n > 1 ? `-${n}` : ''}.batch.jsonl`);
}

/** Where the requests of `source` are written in another shape: `tickets.openai.jsonl`, with `-2` where that is taken. */
export async function convertedPathFor(source: string, ending: string): Promise<string> {
  const place = path.join(path.dirname(source), stemOf(source).replace(/\.json$/i, ''));
  return firstFree((n) => `${place}${n > 1 ? `-${n}` : ''}.${ending}`);
}

/** Where a copy with a bulk edit made is written: `tickets.edited.batch.jsonl`, with `-2` where that is taken. */
export async function editedPathFor(source: string): Promise<string> {
  const place = path.join(path.dirname(source), stemOf(source));
  return firstFree((n) => `${place}.edited${n > 1 ? `-${n}` : ''}.batch.jsonl`);
}

/** Where a template for `data` is written: `tickets.template.json`, with `-2` where that is taken. */
export async function templatePathFor(data: string): Promise<string> {
  const { dir, name } = path.parse(data);
  return firstFree((n) => `${path.join(dir, stemOf(name))}${n > 1 ? `-${n}` : ''}.template.json`);
}

/** Where the old and new ids of `source` are written: `tickets.ids.csv`, with `-2` where that is taken. */
export async function idsPathFor(source: string, folder = path.dirname(source)): Promise<string> {
  const place = path.join(folder, stemOf(source));
  return firstFree((n) => `${place}.ids${n > 1 ? `-${n}` : ''}.csv`);
}

/** Where the results of several attempts are joined: `tickets.merged.results.jsonl`, with `-2` where that is taken. */
export async function mergedPathFor(source: string): Promise<string> {
  return firstFree((n) => mergedName(source, n));
}

function mergedName(source: string, n: number): string {
  return `${path.join(path.dirname(source), stemOf(source))}.merged${n > 1 ? `-${n}` : ''}.results.jsonl`;
}

/** The one of them that was written last; null where there is none. */
export async function lastMergedPath(source: string): Promise<string | null> {
  let last = 0;
  while (await exists(mergedName(source, last + 1))) last++;
  return last === 0 ? null : mergedName(source, last);
}

/** A batch file's name without what makes it one: `tickets` of `tickets.batch.jsonl` and of `tickets.ndjson`. */
export function stemOf(source: string): string {
  return path.basename(source).replace(/(\.batch)?\.(jsonl|ndjson)$/i, '');
}

/** `20261120T2104Z` */
export function utcMinute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z`;
}

async function firstFree(name: (n: number) => string, taken: ReadonlySet<string> = new Set()): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = name(n);
    if (!taken.has(candidate) && !(await exists(candidate))) return candidate;
  }
}

/** Whether there is something of this name; where that cannot be told, there is not. */
async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
