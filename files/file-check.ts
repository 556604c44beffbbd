import type { CacheSavings } from '../batch/cost/cache-savings';
import type { EstimateTotals } from '../batch/cost/totals';
import type { Severity } from '../batch/finding';
import type { ModelCount } from '../batch/model-count';
import type { Problem } from '../batch/problems';
import type { FileKind } from '../batch/recognise';

/** What a check of a whole file found, whichever way it came in. Plain data: it crosses a worker and the wire. */
export interface FileCheck {
  readonly kind: FileKind;
  /** Non-blank lines. */
  readonly requests: number;
  /** Size of the create body that this file makes. */
  readonly bytes: number;
  /** SHA-256 of that body in hexadecimal; null where it was not asked for. */
  readonly sha256: string | null;
  /** The file as it was read: what is different now was changed since. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly problems: readonly Problem[];
  /** Problems beyond the cap. */
  readonly omitted: number;
  /** All problems by severity, shown or not. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** 0-based numbers of the lines with an error. */
  readonly refusedLines: readonly number[];
  /** Whether an error among them would refuse the whole batch at create, also as several batches. */
  readonly refusedAtCreate: boolean;
  /** Errors that say no more than that one batch cannot hold it all: it is sent as several. */
  readonly sizeErrors: number;
  readonly estimate: EstimateTotals;
  /** Requests by model as written, most first. */
  readonly models: readonly ModelCount[];
  /** What caching does for it. */
  readonly caching: CacheSavings;
  readonly judgedBy: JudgedBy;
}

/** What the file was judged by; `hash` must be the same at submission. */
export interface JudgedBy {
  readonly apiVersion: string;
  readonly betas: readonly string[];
  /** Date of the model table. */
  readonly models: string;
  /** Path of the `message-batches.json` that was read, or null. */
  readonly settings: string | null;
  readonly hash: string;
}
