/** Writes one row per id from several attempts, given oldest first: a success beats a failure, a later failure an earlier one. `target` must not exist. */
export declare function mergeResults(attempts: readonly string[], target: string, signal?: AbortSignal): Promise<{ readonly rows: number }>;
