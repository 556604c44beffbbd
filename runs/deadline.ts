import { isRunError, RunError } from './run-error';

export interface DeadlineOptions {
  readonly signal?: AbortSignal | undefined;
  /** The time begins to run when this settles; at once where there is none. */
  readonly after?: Promise<unknown>;
}

/**
 * Gives up a call that takes longer than `ms`, however slowly its answer drips. Throws `RunError` `network` then, and
 * whatever the call throws.
 */
export async function withDeadline<T>(
  ms: number,
  { signal, after = Promise.resolve() }: DeadlineOptions,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  void after.then(() => {
    if (!isOver) timer = setTimeout(() => late.abort(), ms);
  });
  try {
    return await call(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
  } catch (error) {
    if (!late.signal.aborted || signal?.aborted || isRunError(error)) throw error;
    throw new RunError('network', 'The answer did not come in time.', { cause: error });
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}
