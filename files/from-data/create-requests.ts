import { readFile, rm } from 'node:fs/promises';
import type { Context } from '../../batch/context';
import type { EstimateTotals } from '../../batch/cost/totals';
import type { Finding } from '../../batch/finding';
import { SEVERITIES, type Severity } from '../../batch/finding';
import {
  type DataFault,
  fill,
  idOf,
  isFault,
  type RequestTemplate,
  readTemplate,
  unknownColumn,
} from '../../batch/from-data/request-template';
import { LineJudge } from '../../batch/line-judge';
import { totalOf } from '../../batch/model-count';
import { addLine, newTally } from '../../batch/tally';
import { IdGiver, renamingsCsv } from '../../batch/unique-ids';
import type { ReadOptions } from '../read-lines';
import { writeLike } from '../rewrite';
import { DataError } from './data-error';
import { type DataRow, dataRows } from './data-rows';

/** What requests are made of: paths of a template and of data, which may be a folder. */
export interface DataSource {
  readonly template: string;
  readonly data: string;
}

export interface CreateOptions extends ReadOptions {
  /** Where the ids that could not stay are written with the new ones, if there are any; a file that is not there yet. */
  readonly idsTarget: string;
}

/** What was written. */
export interface CreatedFile {
  readonly requests: number;
  /** Requests whose `custom_id` could not stay as the data has it. */
  readonly renamed: number;
  /** Files of a folder that are neither text nor image nor PDF. */
  readonly skipped: readonly string[];
}

/**
 * Writes a new file `target` with a request for each row, as the rows are read; it appears whole or not at all. Throws
 * `DataError`, EEXIST where a target exists, and what `readChunks` throws.
 */
export async function createFile(source: DataSource, target: string, options: CreateOptions): Promise<CreatedFile> {
  const requests = new Requests(await templateIn(source.template));
  const skipped: string[] = [];
  const rows = dataRows(source.data, { ...options, onSkip: (path) => skipped.push(path) });
  await writeLike(source.template, target, bytesOf(requests, rows));
  const { renamed } = requests.ids;
  if (renamed.length > 0) {
    await writeLike(target, options.idsTarget, [Buffer.from(renamingsCsv(renamed))]).catch(async (error: unknown) => {
      await rm(target);
      throw error;
    });
  }
  return { requests: requests.count, renamed: renamed.length, skipped };
}

/** What a file would be, without writing it. */
export interface CreationPreview extends CreatedFile {
  readonly first: readonly PreviewedRequest[];
  readonly estimate: EstimateTotals;
  /** UTF-8 bytes of the file. */
  readonly bytes: number;
  /** Findings of all requests. */
  readonly counts: Readonly<Record<Severity, number>>;
}

export interface PreviewedRequest {
  readonly customId: string;
  readonly line: string;
  readonly findings: readonly Pick<Finding, 'severity' | 'rule' | 'message'>[];
  /** Expected tokens of the input. */
  readonly inputTokens: number;
}

const SHOWN = 5;

/** Judges the requests of all rows, and shows the first. Throws `DataError` and what `readChunks` throws. */
export async function previewCreation(
  source: DataSource,
  context: Context,
  options: ReadOptions = {},
): Promise<CreationPreview> {
  const requests = new Requests(await templateIn(source.template));
  const skipped: string[] = [];
  const judge = new LineJudge(context);
  const tally = newTally(0);
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  const first: PreviewedRequest[] = [];
  for await (const rows of dataRows(source.data, { ...options, onSkip: (path) => skipped.push(path) })) {
    for (const row of rows) {
      const { line, customId } = requests.of(row);
      const analysis = judge.judgeText(line);
      addLine(tally, analysis);
      for (const { severity } of analysis.findings) counts[severity]++;
      if (first.length === SHOWN || analysis.kind !== 'request') continue;
      const findings = analysis.findings.map(({ severity, rule, message }) => ({ severity, rule, message }));
      first.push({ customId, line, findings, inputTokens: analysis.facts.estimate.inputTokens.expected });
    }
    options.signal?.throwIfAborted();
  }
  const { renamed } = requests.ids;
  const { models, bytes } = tally;
  const estimate = totalOf(models);
  const total = requests.count;
  return { requests: total, renamed: renamed.length, skipped, first, estimate, bytes: bytes + total, counts };
}

/** Throws a `DataError` for what is no template. */
async function templateIn(path: string): Promise<RequestTemplate> {
  return sound(readTemplate(await readFile(path, 'utf8')));
}

async function* bytesOf(requests: Requests, batches: AsyncIterable<readonly DataRow[]>): AsyncGenerator<Buffer> {
  for await (const rows of batches) {
    let text = '';
    for (const row of rows) text += `${requests.of(row).line}\n`;
    yield Buffer.from(text);
  }
}

/** The lines of rows, one after the other. */
class Requests {
  readonly ids = new IdGiver();
  count = 0;

  constructor(private readonly template: RequestTemplate) {}

  /** Throws a `DataError` that names the row. */
  of({ number, fields }: DataRow): { line: string; customId: string } {
    if (this.count === 0) sound(unknownColumn(this.template, Object.keys(fields)) ?? {});
    const customId = this.ids.give(soundAt(number, idOf(this.template, fields, number)), this.count++);
    return { line: soundAt(number, fill(this.template, fields, customId)), customId };
  }
}

function sound<T extends object>(result: T | DataFault): T {
  if (isFault(result)) throw new DataError(result.fault);
  return result;
}

function soundAt(row: number, result: string | DataFault): string {
  if (typeof result === 'string') return result;
  throw new DataError(`Row ${row} of the data: ${result.fault}`);
}
