import { extname } from 'node:path';
import { TextDecoder } from 'node:util';
import { CsvError, type Options, Parser } from 'csv-parse';
import { firstBytes } from '../head';
import { type ReadOptions, readChunks } from '../read-lines';
import { DataError } from './data-error';
import type { DataRow } from './data-rows';

/** So much is made into rows at once: others have their turn in between. */
const PIECE_BYTES = 1 << 17;

/** The rows of a table whose first line names the columns. What separates fields is told by that line. */
export async function* tableRows(path: string, options: ReadOptions = {}): AsyncGenerator<readonly DataRow[]> {
  const head = await firstBytes(path);
  const encoding = head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : 'utf8';
  const isTabs = extname(path).toLowerCase() !== '.csv';
  const delimiter = isTabs ? '\t' : delimiterIn(head.toString(encoding));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const records = new Records({ delimiter, encoding });
  const rows = new Rows();
  for await (const chunk of readChunks(path, options)) {
    if (encoding === 'utf8') checkUtf8(decoder, chunk);
    for (let from = 0; from < chunk.length; from += PIECE_BYTES)
      yield rows.of(await records.in(chunk.subarray(from, from + PIECE_BYTES)));
  }
  yield rows.of(await records.last());
}

/** Records as they are found, taken before they go through the parser's stream, which costs as much as the finding. */
class Records extends Parser {
  #found: string[][] = [];

  constructor(options: Pick<Options, 'delimiter' | 'encoding'>) {
    super({ ...options, bom: true, skip_empty_lines: true, relax_column_count: true });
    this.on('error', () => {}); // Thrown where it is waited for.
  }

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    this.#found.push(record);
    return true;
  }

  /** Those that end in the next bytes of the table. Throws `DataError`. */
  in(bytes: Uint8Array): Promise<string[][]> {
    // The memory is read into again, and the parser may still hold what it was given.
    return this.#after((done) => this.write(Buffer.from(bytes), done));
  }

  /** The table has ended. Throws `DataError`. */
  last(): Promise<string[][]> {
    return this.#after((done) => this.end(done));
  }

  async #after(start: (done: (error?: Error | null) => void) => void): Promise<string[][]> {
    await new Promise<void>((resolve, reject) =>
      start((error) => {
        if (error) reject(error instanceof CsvError ? new DataError(sentenceOf(error)) : error);
        else resolve();
      }),
    );
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

/** Records as rows: the first names the columns. */
class Rows {
  #header: readonly string[] | undefined;
  #number = 0;

  of(records: string[][]): DataRow[] {
    if (!this.#header && records[0]) this.#header = checkedHeader(records.shift()!);
    const header = this.#header ?? [];
    return records.map((record) => ({ number: ++this.#number, fields: fieldsOf(record, header, this.#number) }));
  }
}

function checkUtf8(decoder: TextDecoder, chunk: Buffer): void {
  try {
    decoder.decode(chunk, { stream: true });
  } catch {
    throw new DataError('The data is no UTF-8 text; save it as "CSV UTF-8".');
  }
}

/** The separator that the first line has most of, outside of quotes; spreadsheets in many countries write semicolons. */
function delimiterIn(head: string): string {
  const [first = ''] = head.replaceAll(/"(?:[^"]|"")*"/g, '').split(/\r|\n/);
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function checkedHeader(names: readonly string[]): readonly string[] {
  const trimmed = names.map((name) => name.trim());
  const repeated = trimmed.find((name, index) => trimmed.indexOf(name) < index);
  if (repeated !== undefined) throw new DataError(`The header of the data names "${repeated}" twice.`);
  return trimmed;
}

function fieldsOf(record: readonly string[], header: readonly string[], number: number): Record<string, string> {
  if (record.length > header.length) {
    throw new DataError(
      `Row ${number} of the data has ${record.length} fields, and the header names ${header.length}.`,
    );
  }
  const fields: Record<string, string> = Object.create(null);
  for (let i = 0; i < header.length; i++) fields[header[i]!] = record[i] ?? '';
  return fields;
}

function sentenceOf({ code, lines }: CsvError): string {
  const isOpen = code === 'CSV_QUOTE_NOT_CLOSED';
  return `The data is no table: a quote ${isOpen ? 'is not closed' : 'stands inside a field'} (line ${lines}).`;
}
