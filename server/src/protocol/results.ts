/** What is said of results. Line numbers are 0-based, columns UTF-16, as in LSP. */
import { NotificationType, RequestType } from 'vscode-languageserver-protocol';
import type { Outcome } from '../../../results/outcome';
import type { KnownRun } from '../../../runs/results-files';

/** A run, by what tells which files belong together. */
export interface SubmittedRun extends Omit<KnownRun, 'source' | 'resultsPath'> {
  /** URI of the file that was submitted. */
  readonly source: string;
  /** URI of where its results lie or will lie. */
  readonly results: string;
}

/** Client to server: what was submitted from this machine. Without it results and retries are found by their names. */
export const RunsChanged = new NotificationType<{ runs: readonly SubmittedRun[] }>('messageBatches/runsChanged');

/** A request that was not simply answered, by the newest results beside its file. */
export interface ResultMark {
  readonly line: number;
  /** Behind its `custom_id`; 0 where that is not known. */
  readonly column: number;
  readonly outcome: Outcome;
  /** `Failed: Overloaded` */
  readonly text: string;
}

/** Client to server: the requests of a file that were not simply answered, in order; none where it has no results. */
export const ResultMarks = new RequestType<{ uri: string }, readonly ResultMark[], void>('messageBatches/resultMarks');

/**
 * Client to server: what came back for a file is shown no longer, until there are newer results than those at `results` (a
 * URI; the newest that there are where it is missing).
 */
export const ClearResults = new NotificationType<{ uri: string; results?: string }>('messageBatches/clearResults');
