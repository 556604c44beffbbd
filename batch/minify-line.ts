import type { TextChange } from './edit';

/** What takes the blanks between the tokens of a line of JSON out; strings, numbers and the order of keys stay. Never fails. */
export function minifyChanges(text: string): TextChange[] {
  const changes: TextChange[] = [];
  for (const { 0: token, index } of text.matchAll(STRINGS_AND_BLANKS)) {
    if (!token.startsWith('"')) changes.push({ start: index, end: index + token.length, text: '' });
  }
  return changes;
}

/** A string that is not closed runs to the end, so that nothing in it is taken for a blank between tokens. */
const STRINGS_AND_BLANKS = /"(?:[^"\\]|\\.)*(?:"|\\?$)|[ \t\r\n]+/gs;
