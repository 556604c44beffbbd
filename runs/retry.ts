import { LineSplitter } from '../files/line-splitter';
import { readChunks } from '../files/read-lines';
import { customIdOf } from './custom-id';
import { writeNewFile } from './new-file';
import type { Results } from './results-index';

/** What may be sent again: rows that failed through no fault of their own, and requests that got no row. */
export const RETRY_KINDS = ['errored', 'expired', 'canceled', 'missing'] as const;
export type RetryKind = (typeof RETRY_KINDS)[number];

/** Errors that the same request may not meet again; https://platform.claude.com/docs/en/api/errors (read 2026-10). */
const PASSING_ERRORS = ['api_error', 'timeout_error', 'overloaded_error', 'rate_limit_error'];

export interface RetrySet {
  /** In the order of submission. */
  readonly ids: readonly string[];
  /** Errored requests that would fail again unchanged, with the API's message. */
  readonly refused: readonly { readonly customId: string; readonly message: string }[];
}

/** Which of the submitted requests may be sent again as they are. */
export function retrySet(
  submitted: readonly string[],
  results: Results,
  kinds: readonly RetryKind[] = RETRY_KINDS,
): RetrySet {
  const ids: string[] = [];
  const refused: { customId: string; message: string }[] = [];
  for (const customId of submitted) {
    const kind = results.kind(customId) ?? 'missing';
    if (kind === 'succeeded' || !kinds.includes(kind)) continue;
    const error = kind === 'errored' ? errorOf(results, customId) : null;
    if (error && !PASSING_ERRORS.includes(error.type)) refused.push({ customId, message: error.message });
    else ids.push(customId);
  }
  return { ids, refused };
}

/** Copies the lines of `source` that have these ids to `target`, byte for byte; returns how many. Throws `RunError`, also where `target` exists. */
export async function writeRetryFile(
  source: string,
  ids: readonly string[],
  target: string,
  signal?: AbortSignal,
): Promise<number> {
  const wanted = new Set(ids);
  let copied = 0;

  async function* chosen(): AsyncGenerator<Uint8Array> {
    const splitter = new LineSplitter();
    const take = (lines: ReturnType<LineSplitter['push']>) => {
      const taken = lines.filter(({ bytes }) => wanted.has(customIdOf(bytes) ?? ''));
      copied += taken.length;
      return Buffer.concat(taken.flatMap(({ bytes }) => [bytes, NEWLINE]));
    };
    for await (const chunk of readChunks(source)) yield take(splitter.push(chunk));
    yield take(splitter.end());
  }

  await writeNewFile(target, chosen(), { like: source, signal });
  return copied;
}

const NEWLINE = Buffer.from('\n');

function errorOf(results: Results, customId: string): { type: string; message: string } | null {
  const result = results.get(customId)?.result;
  return result?.type === 'errored' ? result.error.error : null;
}
