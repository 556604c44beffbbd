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

/** Learns from the bytes of a results file, in chunks of any size, where each id's row stands. */
export class ResultsScan {
  readonly counts: Record<ResultKind, number> = { succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  readonly repeated = new Set<string>();
  /** Lines that are no result. */
  unreadable = 0;
  /** The first of them, 1-based. */
  readonly unreadableLines: number[] = [];
  #lines = 0;
  /** Lines that are not blank. */
  rows = 0;
  /** The last line has no end and is no result: it was cut off. */
  torn = false;
  /** Of several rows with one id the first counts: its number in the lists of places. */
  readonly #numbers = new Map<string, number>();
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  readonly #kinds: ResultKind[] = [];
  readonly #splitter = new LineSplitter();
  readonly #onRow: (row: Uint8Array, kind: ResultKind) => void;

  /** `onRow` gets the first row of every id. */
  constructor(onRow: (row: Uint8Array, kind: ResultKind) => void = () => {}) {
    this.#onRow = onRow;
  }

  /** Bytes of the row that has begun: they are kept in memory. */
  get begun(): number {
    return this.#splitter.carried;
  }

  /** Distinct ids. */
  get size(): number {
    return this.#numbers.size;
  }

  /** Distinct ids in the file's order. */
  ids(): IterableIterator<string> {
    return this.#numbers.keys();
  }

  has(customId: string): boolean {
    return this.#numbers.has(customId);
  }

  placeOf(customId: string): RowPlace | undefined {
    const number = this.#numbers.get(customId);
    if (number === undefined) return undefined;
    return { start: this.#starts[number]!, length: this.#lengths[number]!, kind: this.#kinds[number]! };
  }

  push(chunk: Uint8Array): void {
    for (const line of this.#splitter.push(chunk)) this.#add(line, headOf);
  }

  /** The file has ended. A last line without a terminator may be cut off, so it is read wholly. */
  end(): void {
    for (const line of this.#splitter.end()) this.torn = !this.#add(line, parsedHead) && !line.isBlank;
  }

  /** Says whether the line is a result. */
  #add(line: RawLine, read: (row: Uint8Array) => RowHead | null): boolean {
    this.#lines++;
    if (line.isBlank) return false;
    const row = line.bytes;
    const head = read(row);
    this.rows++;
    if (head) this.#addHead(head, line.start, row);
    else if (this.unreadable++ < NAMED_LINES) this.unreadableLines.push(this.#lines);
    return head !== null;
  }

  #addHead({ customId, kind }: RowHead, start: number, row: Uint8Array): void {
    this.#numbers.set(customId, this.#numbers.get(customId) ?? this.#starts.length);
    if (this.#numbers.size === this.#starts.length) {
      this.repeated.add(customId);
      return;
    }
    this.#starts.push(start);
    this.#lengths.push(row.length);
    this.#kinds.push(kind);
    this.counts[kind]++;
    this.#onRow(row, kind);
  }
}

const NAMED_LINES = 100;

interface RowHead {
  readonly customId: string;
  readonly kind: ResultKind;
}

/** How the API writes them: `{"custom_id":"a","result":{"type":"expired"…}}`. */
const BEFORE_ID = Buffer.from('{"custom_id":"');
const AFTER_ID = RESULT_KINDS.map((kind) => ({ kind, bytes: Buffer.from(`","result":{"type":"${kind}"`) }));
/** Letters, digits, `_` and `-`, of which ids are made. */
const IN_ID = Uint8Array.from({ length: 0x100 }, (_, byte) => (/[\w-]/.test(String.fromCharCode(byte)) ? 1 : 0));

function headOf(row: Uint8Array): RowHead | null {
  const from = BEFORE_ID.length;
  let to = from;
  while (IN_ID[row[to] ?? 0] === 1) to++;
  const after = AFTER_ID.find(({ bytes }) => standsAt(row, to, bytes));
  if (!after || to === from || !standsAt(row, 0, BEFORE_ID) || row[row.length - 1] !== CLOSING_BRACE)
    return parsedHead(row);
  return { customId: textOf(row, 'latin1', from, to), kind: after.kind };
}

function standsAt(row: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (row[at + i] !== bytes[i]) return false;
  return true;
}

/** A row without it at its end was cut off, or is not as the API writes them. */
const CLOSING_BRACE = 0x7d;

/** Other spacing, another order of keys, an id that only a lenient server takes. */
function parsedHead(row: Uint8Array): RowHead | null {
  const value = parseLine(row);
  if (!isObject(value) || typeof value.custom_id !== 'string' || !isObject(value.result)) return null;
  const { type } = value.result;
  const kind = RESULT_KINDS.find((kind) => kind === type);
  return kind ? { customId: value.custom_id, kind } : null;
}
