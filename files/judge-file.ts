import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { LineAnalysis } from '../batch/analysis';
import type { Context } from '../batch/context';
import type { Helper } from './helper';
import { InOrder } from './in-order';
import { LineRanges } from './line-ranges';
import { type JudgedRange, RangeJudge } from './range-judge';
import { FileChangedError, type FileIdentity, identityIn, isSame, type ReadOptions } from './read-lines';
import { WORTH_HELP } from './worth-help';

export interface JudgeFileOptions extends Pick<ReadOptions, 'signal' | 'onProgress'> {
  readonly context: Context;
  /** The most problems that are shown; Infinity for all. */
  readonly limit: number;
  /** Gets each line (0-based) as it is judged, for who wants more than totals. */
  readonly onLine?: (line: number, analysis: LineAnalysis) => void;
  /** Another thread that judges some of the lines; not with `onLine`. */
  readonly helper?: Helper;
}

/**
 * Judges all lines of a file, here and on the helper's thread: each reads ranges of it, whichever is free the next. `take`
 * gets what was found in order. Throws as `readChunks` does.
 */
export async function judgeFile(
  path: string,
  { context, limit, onLine, helper, signal, onProgress }: JudgeFileOptions,
  take: (judged: JudgedRange) => void,
): Promise<FileIdentity> {
  const file = await open(path, 'r');
  const judged = new InOrder((range: JudgedRange | undefined) => {
    if (!range) throw new FileChangedError(path);
    take(range);
  });
  try {
    const before = identityIn(await file.stat());
    const own = new RangeJudge(file.fd, context, limit);
    const job = before.size > WORTH_HELP && !onLine ? helper?.begin(file.fd, context, limit) : undefined;
    const ranges = new LineRanges(file.fd, before.size);
    let lines = 0;
    for (let range = ranges.next(); range; range = ranges.next()) {
      if (job?.isFree) judged.announce(job.judge(range));
      else {
        const found = own.judge(range, onLine && ((line, analysis) => onLine(lines + line, analysis)));
        lines += found?.ids.length ?? 0;
        judged.add(found);
      }
      onProgress?.(range.to, before.size);
      // Others have their turn, and what they say is heard.
      await setImmediate();
      signal?.throwIfAborted();
    }
    await judged.all();
    job?.end();
    if (!isSame(before, identityIn(await file.stat()))) throw new FileChangedError(path);
    return before;
  } finally {
    // The helper reads from the same open file.
    await judged.settled();
    await file.close();
  }
}
