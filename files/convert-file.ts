import { readFile, stat } from 'node:fs/promises';
import { LINE_SHAPES, SHAPES, shapeOf } from '../batch/convert';
import { CREATE_BODY, requestsIn } from '../batch/convert/create-body';
import type { Converted, ShapeId } from '../batch/convert/shape';
import { isObject, type Json, type JsonObject } from '../batch/json';
import { DataError } from './from-data/data-error';
import { readHead } from './head';
import { isBlank, LineSplitter, type RawLine } from './line-splitter';
import { type ReadOptions, readChunks } from './read-lines';
import { writeLike } from './rewrite';

export interface ConvertOptions extends ReadOptions {
  /** The shape to convert a batch file to; without one, a file of any of them becomes a batch file. */
  readonly to?: ShapeId | undefined;
  /** The model of requests that name none of the API. */
  readonly model: string;
}

export interface ConvertedFile {
  readonly requests: number;
  /** What did not carry over, most frequent first. */
  readonly lost: readonly Loss[];
}

/** Something that the other shape has no place for. */
export interface Loss {
  readonly what: string;
  readonly requests: number;
  /** 1-based, the first of them. */
  readonly line: number;
}

/**
 * Writes a new file `target` with the requests of `source` in another shape; it appears whole or not at all. Throws
 * `DataError` for what is no request, EEXIST where `target` exists, and what `readChunks` throws.
 */
export async function convertFile(source: string, target: string, options: ConvertOptions): Promise<ConvertedFile> {
  const conversion = new Conversion(options);
  const whole = options.to === undefined && (await readHead(source)).foreignShape;
  const isWhole = whole === 'a whole create body' || whole === 'a JSON array of requests';
  await writeLike(source, target, isWhole ? unpacked(source, conversion) : conversion.lines(source));
  return { requests: conversion.requests, lost: conversion.lost };
}

/** What Node can hold as one text. */
const LARGEST_TEXT = 500_000_000;

async function* unpacked(source: string, conversion: Conversion): AsyncGenerator<Buffer> {
  const { size } = await stat(source);
  if (size > LARGEST_TEXT) throw new DataError('The create body is too large for one JSON text.');
  const requests = requestsIn(await readFile(source, 'utf8'));
  if (!requests) throw new DataError('The create body is not valid JSON, or not finished.');
  for (const request of requests) {
    conversion.requests++;
    yield Buffer.from(`${request}\n`);
  }
}

/** What becomes of each line, in order. */
class Conversion {
  requests = 0;
  #line = 0;
  readonly #losses = new Map<string, { requests: number; line: number }>();

  constructor(private readonly options: ConvertOptions) {}

  get lost(): Loss[] {
    const all = [...this.#losses].map(([what, { requests, line }]) => ({ what, requests, line }));
    return all.sort((a, b) => b.requests - a.requests || a.line - b.line);
  }

  async *lines(source: string): AsyncGenerator<Buffer> {
    const splitter = new LineSplitter();
    const isBody = this.options.to === 'create-body';
    if (isBody) yield Buffer.from(CREATE_BODY.start);
    for await (const chunk of readChunks(source, this.options)) yield this.#converted(splitter.push(chunk));
    yield this.#converted(splitter.end());
    if (isBody) yield Buffer.from(CREATE_BODY.end);
  }

  #converted(lines: readonly RawLine[]): Buffer {
    const pieces: Uint8Array[] = [];
    for (const { bytes } of lines) {
      this.#line++;
      if (isBlank(bytes)) continue;
      if (this.options.to !== 'create-body') pieces.push(Buffer.from(this.#convertedLine(textOf(bytes))), NEWLINE);
      else pieces.push(this.requests === 0 ? NOTHING : COMMA, bytes);
      this.requests++;
    }
    return Buffer.concat(pieces);
  }

  #convertedLine(text: string): string {
    const value = parsed(text);
    if (!isObject(value)) throw new DataError(`Line ${this.#line} is no JSON object.`);
    const converted = this.#toOther(value) ?? this.#toOurs(value);
    // A line that is in this shape already stays as it is.
    if (!converted) return text;
    for (const what of new Set(converted.lost)) {
      const known = this.#losses.get(what);
      if (known) known.requests++;
      else this.#losses.set(what, { requests: 1, line: this.#line });
    }
    return JSON.stringify(converted.value);
  }

  #toOther(value: JsonObject): Converted | undefined {
    const shape = LINE_SHAPES.find(({ id }) => id === this.options.to);
    if (!shape) return undefined;
    if (!isObject(value.params)) throw new DataError(`Line ${this.#line} is no batch request: it has no params.`);
    return shape.write({ custom_id: String(value.custom_id ?? ''), params: value.params });
  }

  #toOurs(value: JsonObject): Converted | undefined {
    const shape = shapeOf(value);
    if (shape) return shape.read(value, this.options);
    if (isObject(value.params)) return undefined;
    const known = SHAPES.map(({ title }) => title).join(', ');
    throw new DataError(`Line ${this.#line} is of no shape that can be converted; those are: ${known}.`);
  }
}

const NOTHING = Buffer.alloc(0);
const COMMA = Buffer.from(CREATE_BODY.between);
const NEWLINE = Buffer.from('\n');

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
