import { isObject, type JsonObject } from '../batch/json';
import { Failure } from './exit';

/** One row of data, with where it stands. */
export interface DataRow {
  /** 1-based, the header of a table not counted. */
  readonly number: number;
  readonly fields: JsonObject;
}

/** Reads rows from a table (`.csv`, `.tsv`) or from JSON Lines (anything else). Throws a `Failure` for what is neither. */
export function* dataRows(name: string, text: string): Generator<DataRow> {
  const whole = text.replace(/^\uFEFF/, '');
  if (/\.[ct]sv$/i.test(name)) yield* tableRows(whole, /\.tsv$/i.test(name) ? '\t' : ',');
  else yield* jsonRows(whole);
}

function* jsonRows(text: string): Generator<DataRow> {
  let number = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    number++;
    const fields = parsed(line);
    if (!isObject(fields)) throw new Failure(`Row ${number} of the data is no JSON object.`);
    yield { number, fields };
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function* tableRows(text: string, separator: string): Generator<DataRow> {
  const records = tableRecords(text, separator);
  const header = records.next();
  if (header.done) return;
  let number = 0;
  for (const record of records) {
    number++;
    if (record.length > header.value.length) {
      throw new Failure(
        `Row ${number} of the data has ${record.length} fields, and the header names ${header.value.length}.`,
      );
    }
    yield { number, fields: Object.fromEntries(header.value.map((name, index) => [name, record[index] ?? ''])) };
  }
}

/** The records of a table (RFC 4180): a quoted field may hold separators, line breaks and doubled quotes. */
function* tableRecords(text: string, separator: string): Generator<string[]> {
  const token = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'gy');
  let record: string[] = [];
  while (token.lastIndex < text.length || record.length > 0) {
    const match = token.exec(text);
    if (!match) throw new Failure('The data is no table: a quote is not closed, or stands inside a field.');
    const [, quoted, plain = '', end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === separator) continue;
    if (record.length > 1 || record[0] !== '') yield record;
    record = [];
  }
}
