import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { shuffledNumbers } from '../batch/bulk/seeded';
import type { Path } from '../batch/finding';
import { isObject, type Json, valueAt } from '../batch/json';
import { counted } from '../batch/wording';
import { DataError } from './from-data/data-error';
import type { RawLine } from './line-splitter';
import { type ReadOptions, readLines } from './read-lines';
import { dealLines, writeLike } from './rewrite';

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
 * Writes new files that hold requests of `source`, byte for byte; blank lines are left out. `placeOf` is the path of each, by
 * what it is called beside others: `sample-100`, `shuffled`, `part-1`, or the value of the field. They appear together or not
 * at all. Throws `DataError` where there would be too many, EEXIST where one exists, and what `readChunks` throws.
 */
export async function deriveFiles(
  source: string,
  placeOf: (name: string) => string,
  derivation: Derivation,
  options: ReadOptions = {},
): Promise<DerivedFile[]> {
  if (derivation.kind === 'shuffle') return [await shuffle(source, placeOf('shuffled'), derivation.seed, options)];
  const { names, of } = await partsOf(source, derivation, options);
  if (names.length > MOST_FILES)
    throw new DataError(`${counted(names.length, 'file')} would be made, and at most ${MOST_FILES} are.`);
  const files = names.map((name) => ({ path: placeOf(name), requests: 0 }));
  for (const part of of) if (part >= 0) files[part]!.requests++;
  const targets = files.map(({ path }) => path);
  const stop = options.signal ? { signal: options.signal } : {};
  await dealLines(source, targets, (line) => of[line] ?? -1, stop);
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
  const part = partTeller(derivation);
  const names = new Names();
  const of: number[] = [];
  await readLines(source, (line) => void of.push(line.isBlank ? -1 : names.numberOf(part(line))), options);
  if (derivation.kind === 'sample') return sampled(of, derivation);
  return { names: names.all, of };
}

/** What decides the part that each request goes to; asked for one after the other. */
function partTeller(derivation: Exclude<Derivation, { kind: 'shuffle' }>): (line: RawLine) => string | undefined {
  if (derivation.kind === 'sample') return () => 'all';
  if (derivation.kind === 'split-by') return ({ bytes }) => fieldText(bytes, derivation.path);
  let [requests, size, part] = [0, 0, 1];
  return ({ bytes }) => {
    const isFull = requests >= derivation.requests || size + bytes.length + 1 > derivation.bytes;
    if (isFull && requests > 0) [requests, size, part] = [0, 0, part + 1];
    requests++;
    size += bytes.length + 1;
    return `part-${part}`;
  };
}

/** Names for files, of values in the order in which they come: different ones for different values, on any file system. */
class Names {
  readonly all: string[] = [];
  readonly #numbers = new Map<string | undefined, number>();
  readonly #taken = new Set<string>();

  numberOf(value: string | undefined): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const name = value === undefined ? 'without' : fileName(value);
    let free = name;
    // Of too many none is written.
    for (let n = 2; n <= MOST_FILES && this.#taken.has(free.toLowerCase()); n++) free = `${name}-${n}`;
    this.#taken.add(free.toLowerCase());
    this.#numbers.set(value, this.all.length);
    return this.all.push(free) - 1;
  }
}

/** What of a value may stand in a file's name. */
function fileName(value: string): string {
  return value.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60) || 'empty';
}

function sampled(of: readonly number[], { count, seed }: { readonly count: number; readonly seed: string }): Parts {
  const requests = of.flatMap((part, line) => (part >= 0 ? line : []));
  const chosen = new Set([...shuffledNumbers(requests.length, seed)].slice(0, count).map((index) => requests[index]));
  return {
    names: [`sample-${Math.min(count, requests.length)}`],
    of: of.map((_, line) => (chosen.has(line) ? 0 : -1)),
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
