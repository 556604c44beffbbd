import type { CalibrationByModel, Calibrations } from './calibration';
import { type ExpectedOutput, expectedOutput, type LearnedOutput } from './expected-output';
import type { ModelTable } from './models';

/** What was learned on this machine, and never leaves it. Plain data: it is sent to the server. */
export interface Learned {
  readonly output: LearnedOutput;
  readonly input: Calibrations;
}

/** What is expected of the requests of one file. */
export interface Expected {
  readonly output: ExpectedOutput;
  readonly input: CalibrationByModel;
}

export const NOTHING_LEARNED: Learned = { output: { files: {}, models: {} }, input: {} };

/** `usual` as `ExpectedOutput` has it. */
export function expectedOf(learned: Learned, file: string, table: ModelTable, usual: number | null): Expected {
  return {
    output: expectedOutput(learned.output, file, table, usual),
    input: Object.hasOwn(learned.input, file) ? (learned.input[file] ?? {}) : {},
  };
}
