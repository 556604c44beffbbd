import { check, checkAgain, parseLines } from './check';
import { firstRows, longestBlock, openResultsTable, parseRows, searchExpression, searchText } from './reading';
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
  'parse-rows': parseRows,
  'search-text': searchText,
  'search-expression': searchExpression,
  'open-table': openResultsTable,
  'first-rows': firstRows,
  'longest-block': longestBlock,
} satisfies Record<string, (...args: string[]) => Promise<number>>;

export type CaseName = keyof typeof cases;
