import { type ParseError, parseTree as parse, printParseErrorCode } from 'jsonc-parser';
import { type Fix, fix } from '../edit';
import type { Place } from '../finding';
import type { RuleInfo } from './rule';

/** A line that no JSON parser takes. */
export const invalidJson: RuleInfo = {
  id: 'invalid-json',
  severity: 'error',
  refusedAt: 'create',
  title: 'Not valid JSON',
  docs: `Each line of a batch file is one JSON object: the lines become the \`requests\` array of one body, so a single line
that is not JSON refuses the whole batch. The usual causes are a trailing comma, single quotes, a raw line break inside a
string, or a line that was cut off.

The API answers at create: \`The request body is not valid JSON: …\`.

Source: Message Batches API, create, live capture of 2026-09-02.`,
  examples: {
    bad: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"},]}}',
    good: '{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,"messages":[{"role":"user","content":"Hi"}]}}',
  },
};

/** Where and why `text`, which `JSON.parse` refuses, stops being JSON. */
export function explainInvalidJson(text: string): { place: Place; message: string; fixes: Fix[] } {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (!first) return at(text, text.search(/\S/), text.length, 'This line is not valid JSON.');
  const { offset } = first;
  if (printParseErrorCode(first.error) === 'EndOfFileExpected' && text[offset] === '{')
    return at(text, offset, offset + 1, 'A second object begins here; each request stands on a line of its own.', [
      fix('Start a New Line Here', { op: 'text', start: offset, end: offset, text: '\n' }),
    ]);
  const comma = text.slice(0, offset).search(/,\s*$/);
  if (comma >= 0 && /^[}\]]/.test(text.slice(offset)))
    return at(text, comma, comma + 1, 'JSON has no comma after the last member.', [
      fix('Remove the Comma', { op: 'text', start: comma, end: comma + 1, text: '' }),
    ]);
  const word = /^[\w.+-]+/.exec(text.slice(offset))?.[0];
  const literal = word && PYTHON_LITERALS.get(word);
  if (word && literal)
    return at(text, offset, offset + word.length, `${word} is no JSON; write ${literal}.`, [
      fix(`Write ${literal}`, { op: 'text', start: offset, end: offset + word.length, text: literal }),
    ]);
  if (text[offset] === "'") return at(text, offset, offset + 1, 'JSON strings stand in double quotes.');
  if (text.slice(offset).trim() === '') {
    const last = text.trimEnd().length;
    return at(
      text,
      last - 1,
      last,
      'The line ends before its JSON does: it was cut off, or one object was written over many lines.',
    );
  }
  return at(
    text,
    offset,
    offset + Math.max(first.length, 1),
    SENTENCES.get(printParseErrorCode(first.error)) ?? 'This is not valid JSON.',
  );
}

/** What other languages write where JSON has a word of its own. */
const PYTHON_LITERALS = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
  ['NaN', 'null'],
  ['Infinity', 'null'],
  ['-Infinity', 'null'],
  ['undefined', 'null'],
]);

/** By the parser's own names of its errors. */
const SENTENCES = new Map([
  ['InvalidSymbol', 'This is no JSON value: strings stand in double quotes.'],
  ['InvalidNumberFormat', 'This is no JSON number.'],
  ['PropertyNameExpected', 'A key in double quotes is expected here.'],
  ['ValueExpected', 'A value is expected here.'],
  ['ColonExpected', 'A colon is expected after the key.'],
  ['CommaExpected', 'A comma is missing here.'],
  ['CloseBraceExpected', 'A closing brace is missing here.'],
  ['CloseBracketExpected', 'A closing bracket is missing here.'],
  ['EndOfFileExpected', 'The object has ended; nothing may follow it on its line.'],
  ['InvalidCommentToken', 'JSON has no comments.'],
  ['UnexpectedEndOfComment', 'JSON has no comments.'],
  ['UnexpectedEndOfString', 'This string has no closing double quote on its line.'],
  ['InvalidUnicode', 'After \\u four hexadecimal digits are expected.'],
  ['InvalidEscapeCharacter', 'A backslash in a string is followed by one of " \\ / b f n r t u.'],
  ['InvalidCharacter', 'A control character stands in a string; write it escaped, as in \\n or \\t.'],
]);

function at(
  text: string,
  start: number,
  end: number,
  message: string,
  fixes: Fix[] = [],
): ReturnType<typeof explainInvalidJson> {
  const from = Math.max(0, Math.min(start, text.length - 1));
  return { place: { at: 'text', start: from, end: Math.max(from, Math.min(end, text.length)) }, message, fixes };
}
