import { readFile, stat } from 'node:fs/promises';
import { isArray, isObject, type Json } from '../../batch/json';
import { isBlank, LineSplitter, type RawLine } from '../line-splitter';
import { type ReadOptions, readChunks } from '../read-lines';
import { DataError } from './data-error';
import type { DataRow } from './data-rows';

/** One row for each line that is not blank. */
export async function* jsonLineRows(path: string, options: ReadOptions = {}): AsyncGenerator<readonly DataRow[]> {
  const splitter = new LineSplitter();
  let number = 0;
  const read = (lines: readonly RawLine[]): DataRow[] =>
    lines.filter(({ bytes }) => !isBlank(bytes)).map(({ bytes }) => rowOf(parsed(textOf(bytes)), ++number));
  for await (const chunk of readChunks(path, options)) yield read(splitter.push(chunk));
  yield read(splitter.end());
}

/** What Node can hold as one text. */
const LARGEST_JSON = 500_000_000;

/** One row for each object of an array, which may be the only one inside an object. */
export async function* jsonRows(path: string, { signal }: ReadOptions = {}): AsyncGenerator<readonly DataRow[]> {
  const { size } = await stat(path);
  if (size > LARGEST_JSON) throw new DataError('The data is too large for one JSON text; write it as JSON Lines.');
  const text = await readFile(path, { encoding: 'utf8', ...(signal && { signal }) });
  const value = parsed(text.replace(/^\uFEFF/, ''));
  // Many a .json file holds JSON Lines.
  if (value === undefined && text.trimStart().startsWith('{'))
    return yield* jsonLineRows(path, signal ? { signal } : {});
  const list = isObject(value) ? Object.values(value).find(isArray) : value;
  if (!isArray(list)) throw new DataError('The data is no JSON array of objects.');
  yield list.map((item, index) => rowOf(item, index + 1));
}

function rowOf(fields: Json | undefined, number: number): DataRow {
  if (!isObject(fields)) throw new DataError(`Row ${number} of the data is no JSON object.`);
  return { number, fields };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
