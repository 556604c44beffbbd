import { isObject } from '../batch/json';
import { answerTextOf } from './answer-text';

/** What is looked for in a row's id, its answer and what the API said of it. */
export interface Pattern {
  readonly text: string;
  /** A JavaScript regular expression. */
  readonly isRegex: boolean;
  readonly matchCase: boolean;
}

/** Whether a parsed results row holds it. Throws `SyntaxError` for a text that is no regular expression. */
export function matcherOf({ text, isRegex, matchCase }: Pattern): (row: unknown) => boolean {
  if (isRegex) {
    const expression = new RegExp(text, matchCase ? 'm' : 'im');
    return (row) => expression.test(searchedText(row));
  }
  if (matchCase) return (row) => searchedText(row).includes(text);
  const wanted = text.toLowerCase();
  return (row) => searchedText(row).toLowerCase().includes(wanted);
}

function searchedText(row: unknown): string {
  const id = isObject(row) && typeof row.custom_id === 'string' ? row.custom_id : '';
  return `${id}\n${answerTextOf(row)}`;
}
