import { closeSync, openSync, readSync } from 'node:fs';
import { isObject, type Json } from '../batch/json';
import { parseLine } from '../runs/custom-id';
import { jsonText } from './json-text';
import type { RequestPlace } from './request-places';

/** A request file and where its requests stand. */
export interface Requests {
  readonly path: string;
  readonly places: ReadonlyMap<string, RequestPlace>;
}

/** One field of `params` that is not the same in both runs. */
export interface RequestDifference {
  readonly field: string;
  /** Requests in which it differs. */
  readonly count: number;
  /** The values, where they are the same in all of these requests and short. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Values longer than this are not said. */
const LONGEST = 60;

export interface CompareRequestsOptions {
  /** What an id is matched by. */
  readonly idOf: (customId: string) => string;
  readonly signal?: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** After so many requests others have their turn. */
const PAUSE_EVERY = 200;

/**
 * What differs in the requests of two runs, by field of `params`, the most frequent first. Throws the signal's reason, and
 * what the file system throws.
 */
export async function compareRequests(
  before: Requests,
  after: Requests,
  { idOf, signal, onProgress }: CompareRequestsOptions,
): Promise<RequestDifference[]> {
  const found = new Map<string, { count: number; from: Set<string>; to: Set<string> }>();
  const [left, right] = [openSync(before.path, 'r'), openSync(after.path, 'r')];
  try {
    const others = new Map([...after.places].map(([id, place]) => [idOf(id), place]));
    let done = 0;
    for (const [id, place] of before.places) {
      if (done++ % PAUSE_EVERY === 0) {
        await new Promise(setImmediate);
        signal?.throwIfAborted();
        onProgress?.(done / before.places.size);
      }
      const other = others.get(idOf(id));
      if (!other) continue;
      const [a, b] = [paramsAt(left, place), paramsAt(right, other)];
      for (const field of new Set([...Object.keys(a), ...Object.keys(b)])) {
        const [from, to] = [valueText(a[field]), valueText(b[field])];
        if (from === to) continue;
        const entry = found.get(field) ?? { count: 0, from: new Set(), to: new Set() };
        entry.count++;
        if (entry.from.size < 2) entry.from.add(from);
        if (entry.to.size < 2) entry.to.add(to);
        found.set(field, entry);
      }
    }
  } finally {
    closeSync(left);
    closeSync(right);
  }
  return [...found]
    .map(([field, { count, from, to }]) => ({ field, count, from: only(from), to: only(to) }))
    .sort((a, b) => b.count - a.count);
}

function paramsAt(file: number, { start, bytes }: RequestPlace): { readonly [key: string]: Json | undefined } {
  const line = Buffer.allocUnsafe(bytes);
  readSync(file, line, 0, bytes, start);
  const value = parseLine(line);
  return isObject(value) && isObject(value.params) ? value.params : {};
}

const valueText = (value: Json | undefined): string => (value === undefined ? 'not set' : jsonText(value));

function only(values: ReadonlySet<string>): string | null {
  const [value] = values;
  return values.size === 1 && value !== undefined && value.length <= LONGEST ? value : null;
}
