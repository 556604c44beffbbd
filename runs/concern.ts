import { isArray, isObject, type Json, type JsonObject } from '../batch/json';
import { asBuffer, parseLine } from './custom-id';

/**
 * Why a success is no whole answer, by stop reason, in a word: https://platform.claude.com/docs/en/api/handling-stop-reasons
 * `empty` is ours: an answer without text and without a tool call.
 */
export const CONCERN_WORDS = {
  max_tokens: 'cut off at max_tokens',
  model_context_window_exceeded: 'cut off at the context window',
  refusal: 'refused',
  pause_turn: 'paused',
  empty: 'empty',
} as const;
export type Concern = keyof typeof CONCERN_WORDS;

export function isConcern(reason: string): reason is Concern {
  return Object.hasOwn(CONCERN_WORDS, reason);
}

/** Why the message of a success is no whole answer; null where it is one. */
export function concernOf({ stop_reason, content }: JsonObject): Concern | null {
  if (typeof stop_reason === 'string' && stop_reason !== 'empty' && isConcern(stop_reason)) return stop_reason;
  return hasAnswer(isArray(content) ? content : []) ? null : 'empty';
}

/** Block types in which an answer may be without a word of text. */
export const isToolUse = (type: Json | undefined): boolean => typeof type === 'string' && type.endsWith('tool_use');

function hasAnswer(content: readonly Json[]): boolean {
  return content.some((block) => isObject(block) && (isToolUse(block.type) || wordsOf(block).trim() !== ''));
}

/** The text of a content block; empty where it is of another kind. */
export function wordsOf({ type, text }: JsonObject): string {
  return (type === 'text' || type === undefined) && typeof text === 'string' ? text : '';
}

/** The same for the bytes of a `succeeded` row, which are parsed only where they may hold less than an answer. */
export function concernIn(row: Uint8Array): Concern | null {
  if (isPlainAnswer(asBuffer(row))) return null;
  const value = parseLine(row);
  const result = isObject(value) && isObject(value.result) ? value.result : {};
  return isObject(result.message) ? concernOf(result.message) : 'empty';
}

const STOP = Buffer.from('"stop_reason":"');
const PLAIN_STOPS = ['end_turn"', 'stop_sequence"', 'tool_use"'].map((stop) => Buffer.from(stop));
const TEXT = Buffer.from('{"type":"text","text":"');

/** One stop reason, and a plain one, and a text that begins with a word: inside a string no unescaped quote imitates them. */
function isPlainAnswer(row: Buffer): boolean {
  const stop = row.indexOf(STOP);
  if (stop < 0 || row.lastIndexOf(STOP) !== stop) return false;
  const reason = stop + STOP.length;
  if (!PLAIN_STOPS.some((plain) => row.compare(plain, 0, plain.length, reason, reason + plain.length) === 0))
    return false;
  const text = row.indexOf(TEXT);
  return text >= 0 && isWordCharacter(row[text + TEXT.length] ?? 0);
}

/** Neither the end of the string, nor an escape, nor a blank, nor the beginning of a character that could be one. */
const isWordCharacter = (byte: number): boolean => byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
