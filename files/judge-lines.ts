import { isUtf8 } from 'node:buffer';
import type { LineAnalysis } from '../batch/analysis';
import type { LineJudge } from '../batch/line-judge';
import { addLine, newTally, type Tally } from '../batch/tally';

/** Lines one after the other as they stand in a piece of a create body. Plain data: it crosses threads. */
export interface Lines {
  /** At the beginning of its memory, which ends in zeros. */
  readonly bytes: Uint8Array;
  /** Where each line is in there; of a blank one nothing is. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Which of them, by position, end with a carriage return alone, and which stand behind a byte order mark. */
  readonly bareCr: readonly number[];
  readonly marked: readonly number[];
}

/** What was found in lines, and their `custom_id`s. Plain data. */
export interface JudgedLines {
  readonly tally: Tally;
  readonly ids: readonly (string | undefined)[];
  /** Which of them, by position, have an error. */
  readonly refused: readonly number[];
}

/** Judges lines one by one. `onLine` gets each with its position. */
export function judgeLines(
  { bytes, from, to, bareCr, marked }: Lines,
  judge: LineJudge,
  limit: number,
  onLine?: (line: number, analysis: LineAnalysis) => void,
): JudgedLines {
  const tally = newTally(limit);
  const ids: (string | undefined)[] = [];
  const refused: number[] = [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const memory = new DataView(bytes.buffer);
  const allUtf8 = isUtf8(bytes);
  const [isBareCr, isMarked] = [new Set(bareCr), new Set(marked)];
  for (let i = 0; i < from.length; i++) {
    const line = { memory, from: from[i]!, to: to[i]! };
    const analysis = judge.judgeBytes(line, () => buffer.toString('utf8', line.from, line.to), {
      bareCr: isBareCr.has(i),
      mark: isMarked.has(i),
      invalidUtf8: !allUtf8 && !isUtf8(bytes.subarray(line.from, line.to)),
    });
    addLine(tally, analysis);
    ids.push(analysis.kind === 'request' ? analysis.facts.customId : undefined);
    if (analysis.findings.some(({ severity }) => severity === 'error')) refused.push(i);
    onLine?.(i, analysis);
  }
  return { tally, ids, refused };
}
