import { check, checkAgain, parseLines } from './check';
import { fetchIntoMap, fetchResults, lookUp } from './results';
import { start } from './startup';
import { upload, uploadObjects } from './upload';

/** What is measured in a process of its own: returns milliseconds, of which preparations are no part. */
export const cases = {
  start,
  check,
  'check-again': checkAgain,
  parse: parseLines,
  upload,
  'upload-objects': uploadObjects,
  fetch: fetchResults,
  'fetch-into-map': fetchIntoMap,
  'look-up': lookUp,
} satisfies Record<string, (...args: string[]) => Promise<number>>;

export type CaseName = keyof typeof cases;
