import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver';

/**
 * A handler whose faults degrade one request only: the client gets `fallback`, the log a stack without its message,
 * which may quote the file.
 */
export function safely<P, R>(
  connection: Connection,
  what: string,
  fallback: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    try {
      return await handle(params, token);
    } catch (error) {
      // What is said to the person on purpose.
      if (error instanceof ResponseError) throw error;
      connection.console.error(`${what} failed: ${stackWithoutMessage(error)}`);
      return fallback;
    }
  };
}

/** Lets a promise that nobody waits for run on; its failure is logged. */
export function inBackground(connection: Connection, what: string, promise: Promise<unknown>): void {
  promise.catch((error: unknown) => connection.console.error(`${what} failed: ${stackWithoutMessage(error)}`));
}

export function stackWithoutMessage(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return [error.name, ...frames].join('\n');
}
