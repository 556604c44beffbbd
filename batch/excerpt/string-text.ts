import { keptBreaks } from './kept-breaks';

/** The text that a JSON string stands for. */
export function stringText(token: string): string {
  return JSON.parse(token) as string;
}

/**
 * The JSON string for an edited text: what stands at its beginning and end as before keeps its bytes, escapes and all, and
 * line breaks stay of the kind that they are. With `ascii` what is new is written in ASCII.
 */
export function stringToken(token: string, edited: string, { ascii = false } = {}): string {
  const before = stringText(token);
  const after = keptBreaks(before, edited)
    .map(({ text, eol }) => text + eol)
    .join('');
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  if (isLow(after[head]) || isLow(before[head])) head = Math.max(0, head - 1);
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (tail > 0 && (isLow(after.at(-tail)) || isLow(before.at(-tail)))) tail--;
  const json = JSON.stringify(after.slice(head, after.length - tail)).slice(1, -1);
  const middle = ascii ? json.replaceAll(/[^\x20-\x7e]/g, escaped) : json;
  const [start, end] = rawOffsets(token, [head, before.length - tail]);
  return token.slice(0, start) + middle + token.slice(end);
}

/** Whether a line is written in ASCII, its other characters escaped, as Python does. */
export function isWrittenInAscii(line: string): boolean {
  return !/[^\0-\x7f]/.test(line) && /\\u(?!00[0-7])[0-9a-f]{4}/i.test(line);
}

/** Where in a JSON string the characters with these indices (ascending) begin. */
function rawOffsets(token: string, indices: readonly number[]): number[] {
  const offsets: number[] = [];
  let at = 1;
  for (let index = 0; offsets.length < indices.length; index++) {
    while (indices[offsets.length] === index) offsets.push(at);
    at += token[at] !== '\\' ? 1 : token[at + 1] === 'u' ? 6 : 2;
  }
  return offsets;
}

const isLow = (character: string | undefined): boolean =>
  character !== undefined && /^[\udc00-\udfff]$/.test(character);

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
