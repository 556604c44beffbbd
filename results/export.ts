import { BYTE_ORDER_MARK, csvRecord } from '../batch/csv';
import { isObject, type Json, valueAt } from '../batch/json';
import { parseLine } from '../runs/custom-id';
import { writeNewFile } from '../runs/new-file';
import { answerTextOf } from './answer-text';
import { OUTCOME_LABELS } from './outcome';
import type { ResultsTable, TableRow } from './results-table';
import { visible } from './visible';

/** Which rows go where. */
export interface Export {
  readonly table: ResultsTable;
  /** Numbers of rows, in the order in which they are written. */
  readonly order: readonly number[];
  readonly target: string;
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** What stands in a CSV file, in this order. */
export const CSV_HEADER = [
  'custom_id',
  'status',
  'stop_reason',
  'answer',
  'error_type',
  'error_message',
  'model',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'output_tokens',
  'cost_usd',
] as const;

/** Writes rows as CSV after RFC 4180. Throws `RunError`, also where the target exists. */
export async function exportCsv(task: Export, { mark }: { readonly mark: boolean }): Promise<void> {
  const record = (row: TableRow): string => csvRecord(csvCells(row, task.table.valueOf(row)));
  await write(task, (mark ? BYTE_ORDER_MARK : '') + csvRecord(CSV_HEADER), record);
}

/** The bytes of a request's line by its id, for fields that are joined; undefined where it is not there. */
export type RequestOf = (customId: string) => Uint8Array | undefined;

/**
 * Writes rows as JSON Lines: id, status, answer, error and usage, with `fields` of the request (`params/model`) under
 * `request`. Throws `RunError`, also where the target exists.
 */
export async function exportJsonl(task: Export, fields: readonly string[], requestOf: RequestOf): Promise<void> {
  await write(task, '', (row) => {
    const request = fields.length > 0 && row.customId !== null ? requestOf(row.customId) : undefined;
    const joined = request && pick(parseLine(request), fields);
    return `${JSON.stringify({ ...jsonRow(row, task.table.valueOf(row)), ...(joined && { request: joined }) })}\n`;
  });
}

/** One row as a Markdown document. */
export function rowMarkdown(row: TableRow, value: unknown): string {
  const facts = [
    ['Status', OUTCOME_LABELS[row.outcome]],
    ['Stop reason', row.stopReason],
    ['Error', row.fault && `${row.fault.type}: ${row.fault.message}`],
    ['Model', row.model],
    ['Tokens', row.tokens && `${row.tokens.input} in, ${row.tokens.output} out`],
    ['Cost', row.usd === null ? null : `$${row.usd}`],
  ].flatMap(([label, text]) => (text ? [`- ${label}: ${String(text).replace(/\s+/g, ' ')}`] : []));
  return `# ${visible(row.customId ?? 'No custom_id').replace(/\s+/g, ' ')}\n\n${facts.join('\n')}\n\n${answerTextOf(value)}\n`;
}

function csvCells(row: TableRow, value: unknown): string[] {
  const { customId, outcome, stopReason, fault, model, tokens, usd } = row;
  const answer = fault ? '' : answerTextOf(value);
  const figures = tokens ? [tokens.input, tokens.cacheRead, tokens.cacheWritten, tokens.output].map(String) : EMPTY;
  return [
    customId ?? '',
    OUTCOME_LABELS[outcome],
    stopReason ?? '',
    answer,
    fault?.type ?? '',
    fault?.message ?? '',
    model ?? '',
    ...figures,
    usd === null ? '' : plainNumber(usd),
  ];
}

const EMPTY = ['', '', '', ''];

function jsonRow({ customId, outcome, stopReason, fault, model, usd }: TableRow, value: unknown): object {
  const result = isObject(value) && isObject(value.result) ? value.result : {};
  const usage = isObject(result.message) ? result.message.usage : undefined;
  return {
    custom_id: customId,
    status: outcome,
    ...(fault ? { error: fault } : { stop_reason: stopReason, answer: answerTextOf(value) }),
    ...(model !== null && { model }),
    ...(usage !== undefined && { usage }),
    ...(usd !== null && { cost_usd: usd }),
  };
}

function pick(request: unknown, fields: readonly string[]): Record<string, Json> {
  const picked: Record<string, Json> = Object.create(null);
  for (const field of fields) {
    const value = valueAt(request as Json, field.split('/').map(step));
    if (value !== undefined) picked[field] = value;
  }
  return picked;
}

/** Digits lead into arrays. */
const step = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);

/** Never in the form `1e-7`, which not every reader takes. */
function plainNumber(value: number): string {
  return value === 0 ? '0' : value.toFixed(10).replace(/0+$/, '').replace(/\.$/, '');
}

async function write(
  { table, order, target, signal, onProgress }: Export,
  head: string,
  text: (row: TableRow) => string,
): Promise<void> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(head);
    for (const [done, index] of order.entries()) {
      const row = table.rows[index];
      if (row) yield Buffer.from(text(row));
      if (done % PAUSE_EVERY === 0) {
        onProgress?.(done / order.length);
        await new Promise(setImmediate);
      }
    }
  }
  await writeNewFile(target, chunks(), { like: table.paths[0] ?? null, signal });
}

/** After so many rows others have their turn. */
const PAUSE_EVERY = 200;
