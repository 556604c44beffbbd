import { isObject } from '../batch/json';

/** Ids are at most 64 characters and stand first in what nearly every program writes. */
const HEAD_BYTES = 120;
const HEAD = /^\s*\{\s*"custom_id"\s*:\s*"([\w-]+)"/;

/** The `custom_id` of a request line or a results line; null where it has none or is no JSON. */
export function customIdOf(line: Uint8Array): string | null {
  const head = HEAD.exec(textOf(line.subarray(0, HEAD_BYTES), 'latin1'));
  if (head?.[1]) return head[1];
  const value = parseLine(line);
  return isObject(value) && typeof value.custom_id === 'string' ? value.custom_id : null;
}

/** The JSON value of a line; undefined where it is none. */
export function parseLine(line: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(line, 'utf8'));
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array, encoding: 'latin1' | 'utf8'): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(encoding);
}
