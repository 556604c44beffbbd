import { extname } from 'node:path';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import { firstBytes } from '../head';
import { type ReadOptions, readChunks } from '../read-lines';
import { DataError } from './data-error';
import type { DataRow } from './data-rows';

const BATCH = 1000;

/** The rows of a table whose first line names the columns. What separates fields is told by that line. */
export async function* tableRows(path: string, options: ReadOptions = {}): AsyncGenerator<readonly DataRow[]> {
  const head = await firstBytes(path);
  const encoding = head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : 'utf8';
  const isTabs = extname(path).toLowerCase() !== '.csv';
  const delimiter = isTabs ? '\t' : delimiterIn(head.toString(encoding));
  const parser = parse({ delimiter, encoding, bom: true, skip_empty_lines: true, relax_column_count: true });
  const feeding = feed(parser, readChunks(path, options), encoding === 'utf8');
  // The parser passes it on.
  feeding.catch((error: Error) => parser.destroy(error));
  let header: readonly string[] | undefined;
  let rows: DataRow[] = [];
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (!header) {
        header = checkedHeader(record);
        continue;
      }
      rows.push({ number: ++number, fields: fieldsOf(record, header, number) });
      if (rows.length < BATCH) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? new DataError(sentenceOf(error)) : error;
  }
  yield rows;
}

async function feed(parser: ReturnType<typeof parse>, chunks: AsyncIterable<Buffer>, isUtf8: boolean): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) {
    if (isUtf8) checkUtf8(decoder, chunk);
    // The buffer is read into again.
    if (!parser.write(Buffer.from(chunk))) await new Promise((resolve) => parser.once('drain', resolve));
  }
  parser.end();
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
