import { setImmediate } from 'node:timers/promises';
import { compareModels, type JudgedWhole, type ModelComparison } from '../batch/cost/model-comparison';
import { LineJudge } from '../batch/line-judge';
import type { Line } from '../batch/lines';
import { totalOf } from '../batch/model-count';
import { addLine, addTally, newTally } from '../batch/tally';
import { type JudgeFileOptions, judgeFile } from './judge-file';

/** What the requests of a file on disk cost, and would cost with other models. Throws what `judgeFile` throws. */
export function compareFile(
  path: string,
  options: Omit<JudgeFileOptions, 'limit' | 'onLine'>,
): Promise<ModelComparison> {
  const { context, onProgress } = options;
  return compareModels(context.models, async (models, done, of): Promise<JudgedWhole> => {
    const total = newTally(0);
    const refused = new Set<number>();
    const progress = onProgress && ((read: number, size: number) => onProgress(done * size + read, of * size));
    const judging = { ...options, context: { ...context, models }, limit: 0, onProgress: progress };
    await judgeFile(path, judging, ({ tally, refused: lines }) => {
      for (const line of lines) refused.add(total.lines + line);
      addTally(total, tally);
    });
    return { estimate: totalOf(total.models), refused };
  });
}

/** Lines that are judged before others have their turn. */
const AT_ONCE = 500;

/** The same of the lines of an open document as they are now. Throws the signal's reason. */
export function compareLines(
  lines: readonly Line[],
  { context, signal, onProgress }: Pick<JudgeFileOptions, 'context' | 'signal' | 'onProgress'>,
): Promise<ModelComparison> {
  const size = lines.reduce((sum, { text }) => sum + text.length, 0);
  return compareModels(context.models, async (models, done, of): Promise<JudgedWhole> => {
    const judge = new LineJudge({ ...context, models });
    const total = newTally(0);
    const refused = new Set<number>();
    let read = 0;
    for (const [number, { text, eol }] of lines.entries()) {
      const analysis = judge.judgeText(text, { bareCr: eol === '\r' });
      if (analysis.findings.some(({ severity }) => severity === 'error')) refused.add(number);
      addLine(total, analysis);
      read += text.length;
      if (number % AT_ONCE > 0) continue;
      onProgress?.(done * size + read, of * size);
      await setImmediate();
      signal?.throwIfAborted();
    }
    return { estimate: totalOf(total.models), refused };
  });
}
