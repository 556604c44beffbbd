import { isArray, isObject, type Json } from '../batch/json';
import { isToolUse, wordsOf } from '../runs/concern';
import { jsonText } from './json-text';

/** The text of a message's content, its blocks joined; of tool calls only, their input as JSON. Thinking is no answer. */
export function textOf(content: readonly Json[]): string {
  const text = content.map((block) => (isObject(block) ? wordsOf(block) : '')).join('');
  if (text !== '') return text;
  return content
    .flatMap((block) => (isObject(block) && isToolUse(block.type) ? [jsonText(block.input)] : []))
    .join('\n');
}

/** The answer of a parsed results row, or what the API said instead. */
export function answerTextOf(row: unknown): string {
  const result = isObject(row) && isObject(row.result) ? row.result : {};
  const content = isObject(result.message) ? result.message.content : undefined;
  if (isArray(content)) return textOf(content);
  const error = isObject(result.error) ? result.error : {};
  const { message } = isObject(error.error) ? error.error : error;
  return typeof message === 'string' ? message : '';
}

/** The beginning of an answer as one line of at most `most` UTF-16 units. */
export function firstWords(text: string, most = 200): string {
  // Only the beginning is looked at: a line may hold megabytes.
  const words = text
    .slice(0, 4 * most)
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > most || text.length > 4 * most ? `${words.slice(0, most).trimEnd()}…` : words;
}
