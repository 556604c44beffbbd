/** The name of a source without what makes it a batch file: `tickets` of `tickets.batch.jsonl`. */
export declare function stemOf(source: string): string;
export interface ResultsPathOptions {
  readonly source: string;
  /** Milliseconds since 1970, at submission. */
  readonly at: number;
  readonly sandbox: boolean;
  /** Absolute; the source's own folder where it is null. */
  readonly folder?: string | null;
  /** Paths already promised to other runs. */
  readonly taken?: ReadonlySet<string>;
}
/** `tickets.20261120T2104Z.results.jsonl`, with `-2` after the time where that is taken. */
export declare function resultsPathFor(options: ResultsPathOptions): Promise<string>;
/** `tickets.retry-1.batch.jsonl`, the first that is not there. */
export declare function retryPathFor(source: string): Promise<string>;
/** `tickets.merged.results.jsonl`, the first that is not there. */
export declare function mergedPathFor(source: string): Promise<string>;
