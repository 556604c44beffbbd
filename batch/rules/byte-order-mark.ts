import { preferredFix } from '../edit';
import type { TextRule } from './rule';

export const BYTE_ORDER_MARK = '\uFEFF';

/** Invisible bytes before the first brace. */
export const byteOrderMark: TextRule = {
  id: 'byte-order-mark',
  severity: 'warning',
  refusedAt: 'never',
  title: 'A byte order mark',
  docs: `Some programs write the bytes EF BB BF before a text. They are no JSON: a script that sends the file as it is gets
"The request body is not valid JSON". A submission from here leaves them out.`,
  check(text, _scan, report) {
    if (!text.startsWith(BYTE_ORDER_MARK)) return;
    report(
      { at: 'text', start: 0, end: 1 },
      byteOrderMarkMessage,
      preferredFix('Remove the Byte Order Mark', { op: 'text', start: 0, end: 1, text: '' }),
    );
  },
};

export const byteOrderMarkMessage =
  'The file begins with a byte order mark, which is no JSON; it is left out when the file is submitted from here.';
