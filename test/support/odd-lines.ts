import fc from 'fast-check';
import { tokensOf } from '../../batch/excerpt/json-tokens';
import { validRequests } from '../batch/valid-requests';
import { seedLines } from '../fuzz/mutate';
import { requestLine } from './contexts';

/** How something is written that a program would not write so: each number chooses one way, over and over. */
const oddities = fc.array(fc.nat(11), { minLength: 3, maxLength: 11 });

/** Requests that the API takes, written as oddly as JSON can be. */
export const oddRequests: fc.Arbitrary<string> = fc
  .tuple(validRequests, oddities)
  .map(([{ line }, oddity]) => writtenOddly(JSON.stringify(line), oddity));

/** The same among lines with faults, some ids more than once. */
export const oddLines: fc.Arbitrary<string> = fc.oneof(
  oddRequests,
  fc
    .tuple(
      fc.constantFrom(
        ...seedLines(),
        ...['a', 'b', 'c d'].map((id) => requestLine(id)),
        requestLine('twice').replace('"max_tokens":64', '"max_tokens":64,"max_tokens":65'),
      ),
      oddities,
    )
    .map(([json, oddity]) => writtenOddly(json, oddity)),
);

/** The same JSON, with blanks, escapes and numbers as hardly anyone writes them; a text that is no JSON stays about as broken. */
function writtenOddly(json: string, oddity: readonly number[]): string {
  let i = 0;
  const next = (): number => oddity[i++ % oddity.length] ?? 0;
  const tokens = tokensOf(json).map(({ start, end }) => json.slice(start, end));
  return tokens.map((token) => BLANKS[next()] + rewritten(token, next())).join('') + BLANKS[next()];
}

const BLANKS = ['', '', '', '', '', ' ', ' ', '  ', '\t', ' \t ', '', ' '];

/** A token for the same value. */
function rewritten(token: string, way: number): string {
  if (/^[1-9]\d*$/.test(token)) return way > 8 ? `${token}.0e0` : token;
  if (!token.startsWith('"')) return token;
  if (way === 9) return token.replace('/', '\\/');
  if (way > 9) return token.replace(/^"([a-z])/i, (_, letter: string) => `"${escaped(letter)}`);
  return token;
}

const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Texts of files with these lines: blank ones between them, terminators of all kinds, a byte order mark, an open end. */
export function filesOf(lines: fc.Arbitrary<string>, { most = 8 } = {}): fc.Arbitrary<string> {
  const text = fc.oneof({ weight: 9, arbitrary: lines }, { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t') });
  const eol = fc.constantFrom('\n', '\n', '\r\n', '\r\n', '\r');
  return fc
    .tuple(fc.array(fc.tuple(text, eol), { minLength: 1, maxLength: most }), fc.boolean(), fc.boolean())
    .map(([all, isMarked, isEnded]) => {
      const body = all.map((line) => line.join('')).join('');
      return (isMarked ? '\uFEFF' : '') + (isEnded ? body : body.replace(/[\r\n]+$/, ''));
    });
}
