/**
 * What went wrong, as far as a face must know it to offer the right button. `not-found` is a batch that is gone or
 * another key's; `key-header` a key that is taken in another header from now on; `changed` a file that is not the one that was checked; `disk` what the operating system refused.
 */
export type RunErrorKind =
  | 'auth'
  | 'key-header'
  | 'billing'
  | 'permission'
  | 'not-found'
  | 'too-large'
  | 'rate-limit'
  | 'overloaded'
  | 'invalid'
  | 'server'
  | 'network'
  | 'changed'
  | 'disk'
  | 'canceled';

/** The world is wrong: network, API, disk, or the person canceled. `message` is one sentence for them. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly kind: RunErrorKind;
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** The API's `request-id`, for the log and for support. */
  readonly requestId: string | null;
  /** How long the API asks to wait, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** The API's own words: the error's type and message; null where no such answer came. */
  readonly said: { readonly type: string; readonly message: string } | null;

  constructor(kind: RunErrorKind, message: string, details: RunErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.status = details.status ?? null;
    this.requestId = details.requestId ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.said = details.said ?? null;
  }
}

export interface RunErrorDetails {
  readonly status?: number | undefined;
  readonly requestId?: string | null | undefined;
  readonly retryAfterMs?: number | null;
  readonly said?: RunError['said'];
  readonly cause?: unknown;
}

/** By name, because the class may be in more than one bundle. */
export function isRunError(error: unknown): error is RunError {
  return error instanceof Error && error.name === 'RunError';
}

/** The error as a `RunError`: what is none yet came from the disk, or is a bug, which is thrown on. */
export function toDiskError(error: unknown, doing: string): RunError {
  if (isRunError(error)) return error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (error.code === 'ABORT_ERR') return canceled();
    return new RunError('disk', `${doing}: ${DISK_CODES[error.code] ?? error.message}.`, { cause: error });
  }
  throw error;
}

export function canceled(): RunError {
  return new RunError('canceled', 'Canceled.');
}

const DISK_CODES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is larger than this disk allows',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
};
