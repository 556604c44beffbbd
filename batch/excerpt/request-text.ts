import { MAX_DEPTH } from '../limits';
import { align } from './align';
import { type HiddenData, hiddenIn, looksHidden } from './hidden-data';
import { kindOf, tokensOf } from './json-tokens';

/** The request of a line as a person edits it: one token after the other as they are written, but over many lines. */
export function requestText(line: string, hidden: readonly HiddenData[] = hiddenIn(line)): string {
  const labels = new Map(hidden.map(({ label, token }) => [token, `"${label}"`]));
  const tokens = tokensOf(line).map(({ start, end }) => line.slice(start, end));
  const text: string[] = [];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (isClose(token)) depth = Math.max(0, depth - 1);
    if (before !== undefined) text.push(gapBetween(before, token, depth));
    if (isOpen(token)) depth++;
    text.push(labels.get(token) ?? token);
  }
  return `${text.join('')}\n`;
}

/** An edited text that cannot take a line's place, said in one sentence. */
export class NotWritableError extends Error {
  override readonly name = 'NotWritableError';
}

/**
 * The line that an edited request text makes: its tokens, between which stands what stood there in `line`, and hidden data
 * put back. What was not edited stays byte for byte. Throws NotWritableError.
 */
export function requestLine(line: string, text: string, hidden: readonly HiddenData[] = hiddenIn(line)): string {
  if (!isJson(text)) throw new NotWritableError('This is not valid JSON yet.');
  const before = tokensOf(line).map(({ start, end }) => line.slice(start, end));
  const after = restored(text, hidden, before);
  const gaps = gapsOf(line);
  const usual = usualGaps(before, gaps);
  const aligned = alignedTokens(before, after);
  const parts = after.map((token, i) => {
    const [own, previous] = [aligned[i], aligned[i - 1]];
    const isTogether = i === 0 || (own !== undefined && previous === own - 1);
    return (isTogether ? gaps[own ?? 0] : usual(after[i - 1]!, token)) + token;
  });
  return parts.join('') + gaps.at(-1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The tokens of an edited text, with hidden data in the place of their labels. */
function restored(text: string, hidden: readonly HiddenData[], before: readonly string[]): string[] {
  const tokens = new Map(hidden.map(({ label, token }) => [`"${label}"`, token]));
  const written = new Set(before);
  return tokensOf(text).map(({ start, end }) => {
    const token = text.slice(start, end);
    if (looksHidden(token) && !tokens.has(token) && !written.has(token))
      throw new NotWritableError(`${token} stands for no data of this request: undo that change, or put base64 there.`);
    return tokens.get(token) ?? token;
  });
}

/** Where only values have changed, each token is the one at its place. */
function alignedTokens(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const isSameShape = before.length === after.length && before.every((token, i) => kindOf(token) === kindOf(after[i]!));
  return isSameShape ? after.map((_, i) => i) : align(before, after);
}

/** What stands before each token of a line, and after the last. */
function gapsOf(line: string): string[] {
  const tokens = tokensOf(line);
  const ends = [0, ...tokens.map(({ end }) => end)];
  return [...tokens.map(({ start }) => start), line.length].map((start, i) => line.slice(ends[i], start));
}

/** What usually stands between two tokens of a line: as it first does, else as programs write it. */
function usualGaps(tokens: readonly string[], gaps: readonly string[]): (before: string, token: string) => string {
  const seen = new Map<string, string>();
  for (let i = 1; i < tokens.length; i++) {
    const [before, token] = [kindOf(tokens[i - 1]!), kindOf(tokens[i]!)];
    for (const pair of [`${before} ${token}`, `${before} any`]) if (!seen.has(pair)) seen.set(pair, gaps[i]!);
  }
  return (before, token) => {
    const exact = seen.get(`${kindOf(before)} ${kindOf(token)}`);
    if (exact !== undefined) return exact;
    return /^[:,]/.test(before) ? (seen.get(`${before} any`) ?? seen.get(': any') ?? '') : '';
  };
}

/** Two blanks a level, as `JSON.stringify` has it; what is nested too deeply is not set in further. */
function gapBetween(before: string, token: string, depth: number): string {
  if (before === ':') return ' ';
  const breaks = isOpen(before) ? !isClose(token) : before === ',' || isClose(token);
  return breaks ? `\n${'  '.repeat(Math.min(depth, MAX_DEPTH))}` : '';
}

const isOpen = (token: string): boolean => token === '{' || token === '[';
const isClose = (token: string): boolean => token === '}' || token === ']';
