import { BILLING_ANSWER } from '../batch/api-fault';
import { nodeAt, parseTree } from '../batch/json-tree';
import { LineSplitter } from '../files/line-splitter';
import { readChunks } from '../files/read-lines';
import { customIdOf } from '../runs/custom-id';
import { writeNewFile } from '../runs/new-file';
import { lineMark, type Submitted } from '../runs/submitted';
import { faultKey, type TableRow } from './results-table';

/** What may be sent again: rows that failed or were cut off, and requests that got no row. */
export const RETRY_KINDS = ['errored', 'expired', 'canceled', 'missing', 'truncated'] as const;
export type RetryKind = (typeof RETRY_KINDS)[number];

/** What is sent again where nobody says: what was cut off would be cut off again, unless its `max_tokens` are raised. */
export const USUAL_KINDS: readonly RetryKind[] = ['errored', 'expired', 'canceled', 'missing'];

/** Requests that did not get what they asked for, for one and the same reason. */
export interface RetryReason {
  readonly kind: RetryKind;
  /** `overloaded_error: Overloaded` of a failed request; empty where the kind says it all. */
  readonly fault: string;
  /** In the table's order. */
  readonly ids: readonly string[];
  /** The same request would meet the same answer. */
  readonly isHopeless: boolean;
}

/** Errors that the same request meets again; https://platform.claude.com/docs/en/api/errors (read 2026-10). */
const LASTING_ERRORS = ['invalid_request_error', 'not_found_error', 'permission_error', 'request_too_large'];

/** Why rows may be sent again, the most frequent reason first. */
export function retryReasons(rows: readonly TableRow[], kinds: readonly RetryKind[] = RETRY_KINDS): RetryReason[] {
  const byReason = new Map<string, RetryReason & { readonly ids: string[] }>();
  for (const row of rows) {
    const kind = kindOf(row);
    if (kind === null || row.customId === null || !kinds.includes(kind)) continue;
    const fault = row.fault ? faultKey(row.fault) : '';
    const key = `${kind} ${fault}`;
    const reason = byReason.get(key) ?? { kind, fault, ids: [], isHopeless: isHopeless(row) };
    reason.ids.push(row.customId);
    byReason.set(key, reason);
  }
  return [...byReason.values()].sort((a, b) => b.ids.length - a.ids.length);
}

function kindOf({ outcome, stopReason }: TableRow): RetryKind | null {
  switch (outcome) {
    case 'failed':
      return 'errored';
    case 'expired':
    case 'canceled':
    case 'missing':
      return outcome;
    default:
      return stopReason === 'max_tokens' ? 'truncated' : null;
  }
}

/** An empty account is filled, and then the same request is answered. */
function isHopeless({ fault }: TableRow): boolean {
  return fault !== null && LASTING_ERRORS.includes(fault.type) && !BILLING_ANSWER.test(fault.message);
}

export interface RetryFile {
  /** The batch file that the requests are in. */
  readonly source: string;
  readonly ids: Iterable<string>;
  /** Requests that get other `max_tokens`, where that is more than they have. */
  readonly raised?: { readonly ids: ReadonlySet<string>; readonly maxTokens: number } | undefined;
  readonly target: string;
  /** What was sent, where that is known: lines that are others by now are told. */
  readonly sent?: readonly Submitted[] | null;
}

/** What a retry file holds. */
export interface Written {
  /** In its order. */
  readonly ids: readonly string[];
  /** Those of its lines that are not as they were sent. */
  readonly changed: readonly string[];
}

/**
 * Copies the lines of `source` that have these ids to `target`, byte for byte but for raised `max_tokens`. Throws
 * `RunError`, also where `target` exists.
 */
export async function writeRetryFile(
  { source, ids, raised, target, sent }: RetryFile,
  signal?: AbortSignal,
): Promise<Written> {
  const wanted = new Set(ids);
  const marks = new Map(sent?.map(({ customId, mark }) => [customId, mark]));
  const written = { ids: [] as string[], changed: [] as string[] };

  async function* chosen(): AsyncGenerator<Uint8Array> {
    const splitter = new LineSplitter();
    const take = (lines: ReturnType<LineSplitter['push']>) => {
      const parts: Uint8Array[] = [];
      for (const { bytes } of lines) {
        const customId = customIdOf(bytes) ?? '';
        if (!wanted.has(customId)) continue;
        written.ids.push(customId);
        if (marks.has(customId) && marks.get(customId) !== lineMark(bytes)) written.changed.push(customId);
        parts.push(raised?.ids.has(customId) ? withMaxTokens(bytes, raised.maxTokens) : bytes, NEWLINE);
      }
      return Buffer.concat(parts);
    };
    for await (const chunk of readChunks(source)) yield take(splitter.push(chunk));
    yield take(splitter.end());
  }

  await writeNewFile(target, chosen(), { like: source, signal });
  return written;
}

/** Only the digits of the number become others. */
function withMaxTokens(line: Uint8Array, maxTokens: number): Uint8Array {
  const text = Buffer.from(line).toString('utf8');
  const node = nodeAt(parseTree(text), ['params', 'max_tokens']);
  if (node?.type !== 'number' || node.value >= maxTokens) return line;
  return Buffer.from(text.slice(0, node.offset) + maxTokens + text.slice(node.offset + node.length));
}

const NEWLINE = Buffer.from('\n');
