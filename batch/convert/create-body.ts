import { applyChanges } from '../apply-edits';
import { minifyChanges } from '../minify-line';
import { stringEnd } from '../text-scan';

/** What stands before, between and after the lines of a batch file in a create body. */
export const CREATE_BODY = { start: '{"requests":[', between: ',', end: ']}' } as const;

/**
 * The requests of a create body, or of a JSON array of them, each on one line and otherwise as it was written. Null where the
 * text is neither.
 */
export function requestsIn(text: string): string[] | null {
  const [open] = /^\uFEFF?\s*(?:\{\s*"requests"\s*:\s*)?\[/.exec(text) ?? [];
  if (open === undefined) return null;
  const requests: string[] = [];
  let depth = 0;
  let start = -1;
  for (let i = open.length; i < text.length; ) {
    const mark = text[i];
    if (mark === '{' && depth++ === 0) start = i;
    if (mark === '[' && depth > 0) depth++;
    if (mark === ']' && depth-- === 0) return requests;
    if (mark === '}' && --depth === 0) requests.push(onOneLine(text.slice(start, i + 1)));
    i = mark === '"' ? stringEnd(text, i) : i + 1;
  }
  return null;
}

function onOneLine(request: string): string {
  return /[\r\n]/.test(request) ? applyChanges(request, minifyChanges(request)) : request;
}
