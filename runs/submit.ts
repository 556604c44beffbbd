import type { FileCheck } from '../files/file-check';
import type { BatchesApi } from './batches-api';
import type { Journal } from './journal';
import type { Run } from './run';
import type { RunError } from './run-error';
import type { UploadProgress } from './upload';

/** What a face knows of a submission before it happens. */
export interface RunDraft {
  /** Absolute path. */
  readonly source: string;
  readonly sandbox: boolean;
  readonly key: Run['key'];
  /** Absolute folder for the results instead of the source's own. */
  readonly resultsFolder?: string | null;
  /** Absolute path for the results: overrules the naming. */
  readonly resultsPath?: string | null;
}

export interface SubmitOptions {
  readonly draft: RunDraft;
  /** Of the file on disk: `sha256` is not null. */
  readonly check: FileCheck;
  readonly api: BatchesApi;
  readonly journal: Journal;
  readonly signal?: AbortSignal;
  readonly onProgress?: UploadProgress;
  readonly now?: () => number;
}

/** `run.state` is `in_progress`, `not-sent` or `uncertain`; `error` is why it is not the first. */
export interface Submission {
  readonly run: Run;
  readonly error: RunError | null;
}

/** Sends a checked file once. Throws `RunError` `disk` when the journal cannot be written: then nothing was sent. */
export declare function submitRun(options: SubmitOptions): Promise<Submission>;
