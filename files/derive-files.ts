import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { shuffledNumbers } from '../batch/bulk/seeded';
import type { Path } from '../batch/finding';
import { isObject, type Json, valueAt } from '../batch/json';
import { counted } from '../batch/wording';
import { DataError } from './from-data/data-error';
import type { RawLine } from './line-splitter';
import { type ReadOptions, readLines } from './read-lines';
import { copyLines, writeLike } from './rewrite';

/** How new files are made of the requests of one. Plain data, that crosses processes. */
export type Derivation =
  /** So many, chosen by the seed, in their order. */
  | { readonly kind: 'sample'; readonly count: number; readonly seed: string }
  /** All, in an order that the seed decides. */
  | { readonly kind: 'shuffle'; readonly seed: string }
  /** In their order, a file as soon as the one before is full: of requests, or of bytes. */
  | { readonly kind: 'split'; readonly requests: number; readonly bytes: number }
  /** One file for each value of a field. */
  | { readonly kind: 'split-by'; readonly path: Path };

export interface DerivedFile {
  readonly path: string;
  readonly requests: number;
}

/** More files than these are a slip. */
const MOST_FILES = 100;

/**
 * Writes new files beginning with `place` (a path without ending) that hold requests of `source`, byte for byte. Blank lines
 * are left out. Each appears whole or not at all. Throws `DataError` where there would be too many, EEXIST where one exists,
 * and what `readChunks` throws.
 */
export async function deriveFiles(
  source: string,
  place: string,
  derivation: Derivation,
  options: ReadOptions = {},
): Promise<DerivedFile[]> {
  if (derivation.kind === 'shuffle')
    return [await shuffle(source, `${place}.shuffled.batch.jsonl`, derivation.seed, options)];
  const parts = await partsOf(source, derivation, options);
  if (parts.names.length > MOST_FILES) {
    throw new DataError(`${counted(parts.names.length, 'file')} would be made, and at most ${MOST_FILES} are.`);
  }
  const files: DerivedFile[] = [];
  for (const [index, name] of parts.names.entries()) {
    const path = `${place}.${name}.batch.jsonl`;
    const stop = options.signal ? { signal: options.signal } : {};
    await copyLines(source, path, (line) => parts.of[line] === index, stop);
    files.push({ path, requests: parts.of.filter((part) => part === index).length });
  }
  return files;
}

/** Which lines go where: the number of a part for each line, -1 for those that go nowhere. */
interface Parts {
  readonly names: readonly string[];
  readonly of: readonly number[];
}

async function partsOf(
  source: string,
  derivation: Exclude<Derivation, { kind: 'shuffle' }>,
  options: ReadOptions,
): Promise<Parts> {
  const lines: { isRequest: boolean; bytes: number; value?: string | undefined }[] = [];
  const path = derivation.kind === 'split-by' ? derivation.path : undefined;
  const take = ({ bytes, isBlank }: RawLine): void => {
    const isRequest = !isBlank;
    lines.push({ isRequest, bytes: bytes.length + 1, value: path && isRequest ? fieldText(bytes, path) : undefined });
  };
  await readLines(source, take, options);
  if (derivation.kind === 'sample') return sampled(lines, derivation.count, derivation.seed);
  const of: number[] = [];
  const names: string[] = [];
  const nameOf = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1);
  let [requests, size, part] = [0, 0, 1];
  for (const { isRequest, bytes, value } of lines) {
    if (isRequest && derivation.kind === 'split' && requests > 0) {
      const isFull = requests >= derivation.requests || size + bytes > derivation.bytes;
      if (isFull) [requests, size, part] = [0, 0, part + 1];
    }
    requests += isRequest ? 1 : 0;
    size += bytes;
    of.push(isRequest ? nameOf(path ? fileName(value) : `part-${part}`) : -1);
  }
  return { names, of };
}

function sampled(lines: readonly { isRequest: boolean }[], count: number, seed: string): Parts {
  const requests = lines.flatMap(({ isRequest }, line) => (isRequest ? line : []));
  const chosen = new Set([...shuffledNumbers(requests.length, seed)].slice(0, count).map((index) => requests[index]));
  return {
    names: [`sample-${Math.min(count, requests.length)}`],
    of: lines.map((_, line) => (chosen.has(line) ? 0 : -1)),
  };
}

function fieldText(bytes: Uint8Array, path: Path): string | undefined {
  try {
    const value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as Json;
    const field = isObject(value) ? valueAt(value, path) : undefined;
    return field === undefined ? undefined : typeof field === 'string' ? field : JSON.stringify(field);
  } catch {
    return undefined;
  }
}

/** What of a value may stand in a file's name. */
function fileName(value: string | undefined): string {
  return value === undefined ? 'without' : value.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60) || 'empty';
}

async function shuffle(source: string, target: string, seed: string, options: ReadOptions): Promise<DerivedFile> {
  const places: { at: number; length: number }[] = [];
  const take = ({ start, from, to, isBlank }: RawLine): void => {
    if (!isBlank) places.push({ at: start, length: to - from });
  };
  await readLines(source, take, options);
  await writeLike(source, target, linesAt(source, places, shuffledNumbers(places.length, seed), options));
  return { path: target, requests: places.length };
}

async function* linesAt(
  source: string,
  places: readonly { at: number; length: number }[],
  order: Uint32Array,
  { signal }: ReadOptions,
): AsyncGenerator<Buffer> {
  const file = await open(source, 'r');
  try {
    for (const index of order) {
      signal?.throwIfAborted();
      const { at, length } = places[index]!;
      const line = Buffer.alloc(length + 1, '\n');
      const { bytesRead } = await file.read(line, 0, length, at);
      if (bytesRead < length) throw new DataError(`${basename(source)} became shorter while it was read.`);
      yield line;
    }
  } finally {
    await file.close();
  }
}
