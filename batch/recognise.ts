import { foreignShape, foreignText } from './foreign-shape';
import { isArray, isObject, type Json, type JsonObject } from './json';

/** What a text is: a batch file, its results, another shape that we name, or none of our business. */
export type FileKind = 'batch' | 'results' | 'other-shape' | 'none';

/** How much of a text decides: this many non-blank lines, within this many UTF-16 units. */
export const RECOGNISED_LINES = 20;
export const RECOGNISED_LENGTH = 65536;

/**
 * Tells what a file is from its name and the beginning of its text (more of it changes nothing).
 * A name that ends in `.batch.jsonl` says it, unless the text is something else that we know.
 */
export function recognise(name: string, head: string): FileKind {
  const kind = recogniseText(head);
  return kind === 'none' && /\.batch\.(jsonl|ndjson)$/i.test(name) ? 'batch' : kind;
}

/** Which other shape a text has, for the sentence that names it; null where it is none that we know. */
export function foreignShapeOf(head: string): string | null {
  const inText = foreignText(beginning(head));
  if (inText) return inText;
  for (const line of firstLines(head)) {
    const value = parsed(line);
    const shape = value === undefined ? null : foreignShape(value);
    if (shape) return shape;
  }
  return null;
}

function recogniseText(head: string): FileKind {
  if (foreignText(beginning(head))) return 'other-shape';
  for (const line of firstLines(head)) {
    const kind = recogniseLine(line);
    if (kind !== 'none') return kind;
  }
  return 'none';
}

function beginning(head: string): string {
  return head.slice(0, RECOGNISED_LENGTH).replace(/^\uFEFF/, '');
}

function firstLines(head: string): string[] {
  const lines = beginning(head).split(/\r\n|\n|\r/);
  return lines.filter((line) => line.trim() !== '').slice(0, RECOGNISED_LINES);
}

function recogniseLine(line: string): FileKind {
  const value = parsed(line);
  if (value === undefined) return recogniseUnfinished(line);
  if (foreignShape(value)) return 'other-shape';
  if (!isObject(value)) return 'none';
  if (isObject(value.result) && Object.hasOwn(value, 'custom_id')) return 'results';
  return isRequest(value) ? 'batch' : 'none';
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

/** JSON-RPC and experiment logs have `params` too: without a `custom_id` nothing else may stand beside them. */
function isRequest(line: JsonObject): boolean {
  const { params } = line;
  if (!isObject(params) || Object.hasOwn(line, 'jsonrpc')) return false;
  if (Object.hasOwn(line, 'custom_id')) return true;
  const others = Object.keys(line).filter((key) => key !== 'params');
  return others.every(isLikeCustomId) && (isArray(params.messages) || typeof params.model === 'string');
}

const isLikeCustomId = (key: string) => /^(custom|request)?[_-]?id$/i.test(key);

/** A line that is being typed, or cut by the length that is looked at. */
function recogniseUnfinished(line: string): FileKind {
  if (!/^\s*\{/.test(line) || /"jsonrpc"\s*:/.test(line)) return 'none';
  if (/^\s*\{\s*"custom_id"\s*:\s*"[^"]*"\s*,\s*"result"\s*:/.test(line)) return 'results';
  if (/"custom_id"\s*:/.test(line) && /"params"\s*:\s*\{/.test(line)) return 'batch';
  return /^\s*\{\s*"params"\s*:\s*\{\s*"(model|messages|max_tokens)"/.test(line) ? 'batch' : 'none';
}
