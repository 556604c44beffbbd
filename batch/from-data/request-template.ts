import type { Path } from '../finding';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { fieldAt } from '../schema/field-at';
import { nearest } from '../schema/nearest';

/** A request with `{{column}}` in its strings: the frame of one line for each row of data. */
export interface RequestTemplate {
  /** Of the `custom_id`; undefined where the rows are to be numbered. */
  readonly id: readonly Piece[] | undefined;
  /** JSON of everything after the `custom_id`: `"params":{…}`. */
  readonly rest: readonly Piece[];
  /** The columns that it names, each once, in order. */
  readonly columns: readonly string[];
}

/** Text as it is, or what a column holds: inside a string, or as a whole value of the JSON type that belongs there. */
type Piece = string | { readonly column: string; readonly as: 'text' | 'value' | 'number' | 'boolean' };

/** What a person did wrong, in one sentence. */
export interface DataFault {
  readonly fault: string;
}

export function isFault<T extends object>(result: T | DataFault): result is DataFault {
  return 'fault' in result;
}

/**
 * Reads a template: a request, or its params alone. `{{column}}` inside a string becomes the column's text; a string that is
 * nothing but one column becomes the column's value, as a number or a truth value where the API takes no text.
 */
export function readTemplate(text: string): RequestTemplate | DataFault {
  const value = parsed(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return { fault: 'The template is not valid JSON.' };
  if (!isObject(value))
    return { fault: 'The template is no JSON object such as {"custom_id": "{{id}}", "params": {…}}.' };
  const { custom_id: id, ...rest } = isObject(value.params) ? value : { params: value };
  const pieces = joined(membersOf(rest, []));
  const idPieces = id === undefined ? undefined : joined(piecesIn(String(id)));
  const named = [...(idPieces ?? []), ...pieces].flatMap((piece) => (typeof piece === 'string' ? [] : piece.column));
  return { id: idPieces, rest: pieces, columns: [...new Set(named)] };
}

/** What is wrong with a template for data with these columns; undefined where all that it names are there. */
export function unknownColumn({ columns }: RequestTemplate, known: readonly string[]): DataFault | undefined {
  const unknown = columns.find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const meant = nearest(unknown, known);
  const advice = meant ? `did you mean "${meant.name}"?` : `there are ${known.join(', ') || 'none'}.`;
  return { fault: `The data has no column "${unknown}"; ${advice}` };
}

/** The `custom_id` that a row asks for, which may be none that the API takes; `row-7` where the template has none. */
export function idOf({ id }: RequestTemplate, row: JsonObject, number: number): string | DataFault {
  if (!id) return `row-${number}`;
  let text = '';
  for (const piece of id) {
    const value = typeof piece === 'string' ? piece : row[piece.column];
    if (value === undefined) return missing(piece, row);
    text += textOf(value);
  }
  return text;
}

/** The line of a request, without its terminator. */
export function fill({ rest }: RequestTemplate, row: JsonObject, customId: string): string | DataFault {
  let line = `{"custom_id":${JSON.stringify(customId)},`;
  for (const piece of rest) {
    if (typeof piece === 'string') {
      line += piece;
      continue;
    }
    const value = Object.hasOwn(row, piece.column) ? row[piece.column] : undefined;
    if (value === undefined) return missing(piece, row);
    const json = jsonOf(value, piece.as);
    if (json === undefined)
      return { fault: `"${textOf(value)}" in column "${piece.column}" is no ${WORDS[piece.as]}.` };
    line += json;
  }
  return `${line}}`;
}

const WORDS = { text: 'text', value: 'value', number: 'number', boolean: 'true or false' } as const;

function jsonOf(value: Json, as: Exclude<Piece, string>['as']): string | undefined {
  if (as === 'text') return JSON.stringify(textOf(value)).slice(1, -1);
  if (as === 'value' || typeof value !== 'string') return JSON.stringify(value);
  const text = value.trim();
  const legal = as === 'number' ? /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/ : /^(true|false)$/i;
  return legal.test(text) ? text.toLowerCase() : undefined;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function missing(piece: Piece, row: JsonObject): DataFault {
  const column = typeof piece === 'string' ? '' : piece.column;
  return { fault: `there is no column "${column}"; it has ${Object.keys(row).join(', ') || 'nothing'}.` };
}

function membersOf(object: JsonObject, path: Path): Piece[] {
  return Object.entries(object).flatMap(([key, value], index) => [
    `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`,
    ...valuePieces(value ?? null, [...path, key]),
  ]);
}

function valuePieces(value: Json, path: Path): Piece[] {
  if (typeof value === 'string') return stringPieces(value, path);
  if (isObject(value)) return ['{', ...membersOf(value, path), '}'];
  if (!isArray(value)) return [JSON.stringify(value)];
  const items = value.flatMap((item, index) => [...(index > 0 ? [','] : []), ...valuePieces(item, [...path, index])]);
  return ['[', ...items, ']'];
}

function stringPieces(text: string, path: Path): Piece[] {
  const [, only] = /^\{\{\s*([^{}]+?)\s*\}\}$/.exec(text) ?? [];
  if (only !== undefined) return [{ column: only, as: typeAt(path) }];
  return ['"', ...piecesIn(text).map((piece) => (typeof piece === 'string' ? escaped(piece) : piece)), '"'];
}

function piecesIn(text: string): Piece[] {
  return text
    .split(/\{\{\s*([^{}]+?)\s*\}\}/)
    .map((piece, index) => (index % 2 === 0 ? piece : { column: piece, as: 'text' as const }));
}

/** A table holds nothing but text, also where a number is wanted. */
function typeAt(path: Path): 'value' | 'number' | 'boolean' {
  const type = fieldAt(path, undefined)?.type ?? '';
  if (/^(number|integer)( \| null)?$/.test(type)) return 'number';
  return /^boolean( \| null)?$/.test(type) ? 'boolean' : 'value';
}

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else if (piece !== '') all.push(piece);
  }
  return all;
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
