import { isArray, isObject, type Json, type JsonObject } from '../batch/json';

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
