import { isObject } from '../batch/json';

/** Ids are at most 64 characters and stand first in what nearly every program writes. */
const HEAD_BYTES = 120;
const HEAD = /^\s*\{\s*"custom_id"\s*:\s*"([\w-]+)"/;

/** The `custom_id` of a request line or a results line; null where it has none or is no JSON. */
export function customIdOf(line: Uint8Array): string | null {
  const head = HEAD.exec(textOf(line, 'latin1', 0, HEAD_BYTES));
  if (head?.[1]) return head[1];
  const value = parseLine(line);
  return isObject(value) && typeof value.custom_id === 'string' ? value.custom_id : null;
}

/** The JSON value of a line; undefined where it is none. */
export function parseLine(line: Uint8Array): unknown {
  return parseText(textOf(line, 'utf8'));
}

/** The JSON value of a text; undefined where it is none. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text in [from, to) of bytes. */
export function textOf(bytes: Uint8Array, encoding: 'latin1' | 'utf8', from = 0, to = bytes.length): string {
  return asBuffer(bytes).toString(encoding, from, to);
}

/** The same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
