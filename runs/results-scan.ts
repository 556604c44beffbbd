import { isObject } from '../batch/json';
import { LineSplitter, type RawLine } from '../files/line-splitter';
import { parseLine, textOf } from './custom-id';
import { RESULT_KINDS, type ResultKind } from './result';

/** Where a row stands in the file, in bytes, and what it is. */
export interface RowPlace {
  readonly start: number;
  readonly length: number;
  readonly kind: ResultKind;
}

/** Ids are at most 64 characters, and the API writes id and type first. */
const HEAD_BYTES = 160;
const ID_AT = '{"custom_id":"'.length;
const HEAD = /^\{"custom_id":"([\w-]+)","result":\{"type":"(\w+)"/;

/** Learns from the bytes of a results file, in chunks of any size, where each id's row stands. */
export class ResultsScan {
  /** In the file's order. Of several rows with one id the first counts. */
  readonly places = new Map<string, RowPlace>();
  readonly counts: Record<ResultKind, number> = { succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  readonly repeated = new Set<string>();
  /** Lines that are no result. */
  unreadable = 0;
  /** Lines that are not blank. */
  rows = 0;
  /** The last line has no end and is no result: it was cut off. */
  torn = false;
  readonly #splitter = new LineSplitter();
  readonly #onRow: (row: Uint8Array, kind: ResultKind) => void;

  /** `onRow` gets the first row of every id. */
  constructor(onRow: (row: Uint8Array, kind: ResultKind) => void = () => {}) {
    this.#onRow = onRow;
  }

  ids(): IterableIterator<string> {
    return this.places.keys();
  }

  has(customId: string): boolean {
    return this.places.has(customId);
  }

  push(chunk: Uint8Array): void {
    for (const line of this.#splitter.push(chunk)) this.#add(line, headOf(line.bytes));
  }

  /** The file has ended. A last line without a terminator may be cut off, so it is read wholly. */
  end(): void {
    for (const line of this.#splitter.end()) {
      const head = parsedHead(line.bytes);
      this.torn = !head && !line.isBlank;
      this.#add(line, head);
    }
  }

  #add(line: RawLine, head: RowHead | null): void {
    if (line.isBlank) return;
    const { start, bytes } = line;
    this.rows++;
    if (!head) this.unreadable++;
    else if (this.places.has(head.customId)) this.repeated.add(head.customId);
    else {
      this.places.set(head.customId, { start, length: bytes.length, kind: head.kind });
      this.counts[head.kind]++;
      this.#onRow(bytes, head.kind);
    }
  }
}

interface RowHead {
  readonly customId: string;
  readonly kind: ResultKind;
}

function headOf(row: Uint8Array): RowHead | null {
  const head = HEAD.exec(textOf(row, 'latin1', 0, HEAD_BYTES));
  const kind = kindNamed(head?.[2]);
  if (!head?.[1] || !kind || row[row.length - 1] !== CLOSING_BRACE) return parsedHead(row);
  // Not the match itself, which would hold on to the whole head.
  return { customId: textOf(row, 'latin1', ID_AT, ID_AT + head[1].length), kind };
}

/** A row without it at its end was cut off, or is not as the API writes them. */
const CLOSING_BRACE = 0x7d;

/** Other spacing, another order of keys, an id that only a lenient server takes. */
function parsedHead(row: Uint8Array): RowHead | null {
  const value = parseLine(row);
  if (!isObject(value) || typeof value.custom_id !== 'string' || !isObject(value.result)) return null;
  const kind = kindNamed(value.result.type);
  return kind ? { customId: value.custom_id, kind } : null;
}

function kindNamed(name: unknown): ResultKind | undefined {
  return RESULT_KINDS.find((kind) => kind === name);
}
