import { isUtf8 } from 'node:buffer';
import { readSync } from 'node:fs';
import { PADDING } from '../batch/alike/line-reader';
import type { LineAnalysis } from '../batch/analysis';
import type { Context } from '../batch/context';
import type { CachePrefixes } from '../batch/cost/cache-prefixes';
import { likenessOf, nanoUsdOf, sampleIn } from '../batch/likeness';
import { LineJudge } from '../batch/line-judge';
import { addLine, newTally, type Tally } from '../batch/tally';
import type { LineRange } from './line-ranges';
import { linesOf } from './line-splitter';

/** What was found in the lines of a range. Plain data: it crosses threads. */
export interface JudgedRange {
  readonly tally: Tally;
  /** The `custom_id` of each line. */
  readonly ids: readonly (string | undefined)[];
  /** What of each line a cache could hold. */
  readonly prefixes: readonly (CachePrefixes | undefined)[];
  /** What of each tells whether it may be the same as another, and what it costs, as `repeatedAmong` takes it. */
  readonly likenesses: readonly number[];
  readonly nanoUsd: readonly number[];
  /** Which of them, by position, have an error, and which are blank. */
  readonly refused: readonly number[];
  readonly blank: readonly number[];
  /** Where each line is in the file, in bytes without a byte order mark and without its terminator. */
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
}

/** Judges lines in ranges of one open file. What it has learned and its memory serve for all of them. */
export class RangeJudge {
  readonly #judge: LineJudge;
  #bytes = new Uint8Array(0);

  /** `limit` is the most problems that will be shown. */
  constructor(
    private readonly file: number,
    context: Context,
    private readonly limit: number,
  ) {
    this.#judge = new LineJudge(context);
  }

  /**
   * `onLine` gets each line with its position in the range. Undefined where the file has become shorter. Throws what the
   * file system throws.
   */
  judge(range: LineRange, onLine?: (line: number, analysis: LineAnalysis) => void): JudgedRange | undefined {
    const bytes = this.#read(range);
    if (!bytes) return undefined;
    const judged = { tally: newTally(this.limit), ...noLines() };
    const memory = new DataView(bytes.buffer);
    const allUtf8 = isUtf8(bytes);
    for (const line of linesOf(bytes)) {
      const { from, to, start } = line;
      const at = judged.ids.length;
      const analysis = this.#judge.judgeBytes({ memory, from, to }, () => bytes.toString('utf8', from, to), {
        bareCr: line.eol === '\r',
        mark: line.mark,
        invalidUtf8: !allUtf8 && !isUtf8(line.bytes),
      });
      addLine(judged.tally, analysis);
      const facts = analysis.kind === 'request' ? analysis.facts : undefined;
      judged.ids.push(facts?.customId);
      judged.prefixes.push(facts?.prefixes);
      judged.likenesses.push(
        analysis.kind === 'request' ? likenessOf(analysis, sampleIn(memory, from, to, facts?.customId)) : 0,
      );
      judged.nanoUsd.push(analysis.kind === 'request' ? nanoUsdOf(analysis) : 0);
      if (analysis.kind === 'blank') judged.blank.push(at);
      if (analysis.findings.some(({ severity }) => severity === 'error')) judged.refused.push(at);
      judged.starts.push(range.from + start);
      judged.lengths.push(to - from);
      onLine?.(at, analysis);
    }
    return judged;
  }

  /** The bytes of a range, at the beginning of memory that has zeros behind them. */
  #read({ from, to }: LineRange): Buffer | undefined {
    const size = to - from;
    if (this.#bytes.length < size + PADDING) this.#bytes = new Uint8Array(size + ROOM);
    this.#bytes.fill(0, size, size + PADDING);
    let read = 0;
    while (read < size) {
      const bytes = readSync(this.file, this.#bytes, read, size - read, from + read);
      if (bytes === 0) return undefined;
      read += bytes;
    }
    return Buffer.from(this.#bytes.buffer, 0, size);
  }
}

/** Ranges differ a little in size. */
const ROOM = 1 << 16;

function noLines() {
  return {
    ids: [] as (string | undefined)[],
    prefixes: [] as (CachePrefixes | undefined)[],
    likenesses: [] as number[],
    nanoUsd: [] as number[],
    refused: [] as number[],
    blank: [] as number[],
    starts: [] as number[],
    lengths: [] as number[],
  };
}
