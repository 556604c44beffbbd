/** A results file that was found beside its source, known by its name only. */
export interface ResultsFile {
  readonly path: string;
  /** `20261120T2104Z` of the name; null for a merged file. */
  readonly submittedAt: string | null;
  readonly sandbox: boolean;
}
/** Results files of `source` beside it and in `resultsFolder` (absolute), newest first. Needs neither journal nor key. */
export declare function findResultsFiles(source: string, resultsFolder?: string | null): Promise<ResultsFile[]>;
/** The source that a results file is named after, if it is there. */
export declare function findSourceOf(resultsPath: string): Promise<string | null>;
