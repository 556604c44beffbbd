import { stringEnd } from '../text-scan';

/** A string with its quotes, a number or word, or one mark: UTF-16 offsets [start, end). What stands between is blank. */
export interface Token {
  readonly start: number;
  readonly end: number;
}

/** The tokens of a JSON text, however broken. Linear; strings are skipped by native search. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let start = nextToken(text, 0); start < text.length; ) {
    const end = tokenEnd(text, start);
    tokens.push({ start, end });
    start = nextToken(text, end);
  }
  return tokens;
}

/** A mark stands for itself, everything else is a scalar. */
export function kindOf(token: string): string {
  return /^[{}[\]:,]/.test(token) ? token : 'scalar';
}

const BLANK = /[ \t\r\n]*/y;
const WORD = /[^ \t\r\n"{}[\]:,]+/y;

function nextToken(text: string, from: number): number {
  BLANK.lastIndex = from;
  BLANK.test(text);
  return BLANK.lastIndex;
}

function tokenEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  WORD.lastIndex = start;
  return WORD.test(text) ? WORD.lastIndex : start + 1;
}
