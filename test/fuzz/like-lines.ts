import { PADDING } from '../../batch/alike/line-reader';
import type { LineAnalysis } from '../../batch/analysis';
import { API_VERSIONS, type Context } from '../../batch/context';
import { bundledModels } from '../../batch/cost/models';
import { LineJudge } from '../../batch/line-judge';
import { analyseLine } from '../../batch/lint';
import { context } from '../support/contexts';
import { conversationLines } from './conversations';
import { mutated, randomFrom, seedLines, tokensOf } from './mutate';

export interface LikeLinesOptions {
  readonly seed: number;
  readonly lines: number;
  readonly onProgress?: (lines: number) => void;
}

export interface LikeLinesResult {
  readonly lines: number;
  /** How many of them were known by a template. */
  readonly known: number;
}

/**
 * Makes lines of lines that a judge has seen, by changing what they may and what they may not differ in. What the judge knows
 * of them is held against what is found in them by themselves. Throws, with the line, where the two are different.
 */
export function fuzzLikeLines({ seed, lines, onProgress }: LikeLinesOptions): LikeLinesResult {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const shapes = [...conversationLines(), ...conversationLines(), ...seedLines()];
  let known = 0;
  for (let made = 0; made < lines; ) {
    const judge = new LineJudge(pick(CONTEXTS));
    const few = Array.from({ length: 12 }, () => pick(shapes));
    // Noted, learned, and kept as it is written.
    for (const line of [...few, ...few, ...few]) judge.judgeText(line);
    onProgress?.(made);
    for (let i = 0; i < LINES_A_JUDGE && made < lines; i++, made++) {
      let line = pick(few);
      for (let changes = Math.floor(random() * random() * 3); changes >= 0; changes--)
        line = pick(CHANGES)(line, random, pick, few);
      known += compare(judge, line) ? 1 : 0;
      // It goes on learning, from lines that are a little different.
      if (i % LINES_A_LESSON === 0) for (let time = 0; time < 3; time++) judge.judgeText(line);
    }
  }
  return { lines, known };
}

const LINES_A_JUDGE = 4000;
const LINES_A_LESSON = 40;

const CONTEXTS: readonly Context[] = [
  ...API_VERSIONS.map((apiVersion) => context({ apiVersion })),
  context({ betas: ['output-300k-2026-03-24', 'interleaved-thinking-2025-05-14'] }),
  context({ severities: { 'empty-content': 'off', 'duplicate-key': 'off', 'cache-prefix-short': 'error' } }),
];

/** Returns whether the line was known. */
function compare(judge: LineJudge, line: string): boolean {
  if (!line.isWellFormed()) return false;
  const bytes = new TextEncoder().encode(`${line}${'\0'.repeat(PADDING)}`);
  const known = judge.knownOf({ memory: new DataView(bytes.buffer), from: 0, to: bytes.length - PADDING });
  if (!known) return false;
  const plain = analyseLine(line, judge.context);
  if (said(known) !== said(plain))
    throw new Error(`Judged differently: ${JSON.stringify(line)}\n${said(known)}\n${said(plain)}`);
  return true;
}

const said = (analysis: LineAnalysis): string => JSON.stringify(analysis);

type Pick = <T>(list: readonly T[]) => T;
type Change = (line: string, random: () => number, pick: Pick, lines: readonly string[]) => string;

/** Ways to make a line like another, or nearly. */
const CHANGES: readonly Change[] = [
  (line, random, pick) => withString(line, random, pick(CONTENTS)),
  (line, random, pick) => withString(line, random, pick(CONTENTS)),
  (line, random, pick) => withString(line, random, `${pick(CONTENTS)} and ${pick(CONTENTS)}`),
  (line, random, pick) => withString(line, random, pick(tokensOf(line)).replaceAll(/^"|"$/g, '')),
  (line, random, pick) => withNumber(line, random, pick(NUMBERS)),
  (line, random, _pick) => withNumber(line, random, String(Math.floor(2 ** (17 * random())))),
  (line, _random, pick) => line.replace(/"model": ?"[^"]*"/, `"model":"${pick(MODELS)}"`),
  (line, random, pick) =>
    line.replace(/"custom_id": ?"[^"]*"/, `"custom_id":"${pick(CONTENTS)}${Math.floor(random() * 99)}"`),
  (line, random, pick) => line.replace(/"text": ?"[^"]*"/, `"text":"${long(pick(CONTENTS), random() < 0.005)}"`),
  (line, random) => withElements(line, random),
  (line, random) => withElements(line, random),
  (_line, random, _pick, lines) => mutated(lines, random),
];

/** Elements of an array come again, with their names or with others, or go. */
function withElements(line: string, random: () => number): string {
  const value = parsed(line);
  const arrays = arraysIn(value);
  const array = arrays[Math.floor(random() * arrays.length)];
  if (!array) return line;
  const size = 1 + Math.floor(random() * 2);
  const at = Math.floor(random() * array.length);
  const unit = array.slice(at, at + size);
  const units = Array.from({ length: Math.floor(random() * random() * 12) }, (_, i) =>
    random() < 0.8 ? renamed(unit, String(i)) : unit,
  );
  array.splice(at, random() < 0.3 ? size : 0, ...units.flat());
  return JSON.stringify(value);
}

function arraysIn(value: unknown): unknown[][] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(arraysIn);
  return Array.isArray(value) ? [value, ...inner] : inner;
}

/** The same with other ids of tools' calls. */
function renamed(unit: readonly unknown[], ending: string): unknown[] {
  return JSON.parse(JSON.stringify(unit).replaceAll(/("(?:id|tool_use_id)":"[^"\\]*)"/g, `$1_${ending}"`)) as unknown[];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** As long as a model's context window, or not. */
function long(content: string, isVery: boolean): string {
  return content.repeat(isVery ? 900_000 / (content.length + 1) : 3);
}

function withString(line: string, random: () => number, content: string): string {
  return replaced(line, /(?<=: ?|\[ ?|, ?)"(?:[^"\\]|\\.)*"(?! ?:)/g, random, `"${content}"`);
}

function withNumber(line: string, random: () => number, number: string): string {
  return replaced(line, /(?<=": ?)-?\d[\d.eE+-]*/g, random, number);
}

function replaced(line: string, pattern: RegExp, random: () => number, instead: string): string {
  const matches = [...line.matchAll(pattern)];
  const match = matches[Math.floor(random() * matches.length)];
  return match ? line.slice(0, match.index) + instead + line.slice(match.index + match[0].length) : line;
}

const MODELS = [...bundledModels.models.map(({ id }) => id), 'claude-unknown-9', ''];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '2',
  '0.5',
  '0.99',
  '1.0',
  '1.5',
  '-0',
  '01',
  '1e3',
  '1E-3',
  '1e400',
  '0.00001',
  '0.000001',
].concat(
  [
    '5',
    '255',
    '256',
    '511',
    '512',
    '1024',
    '2047',
    '2048',
    '4096',
    '8192',
    '31999',
    '32000',
    '64000',
    '64001',
    '128000',
  ],
  ['300000', '1000000', '99999999999999999999', '1.', '.5', '12345.678', '100000000.5', '0.10', '-12'],
);
const CONTENTS: readonly string[] = [
  ...[
    '',
    ' ',
    '   ',
    'a',
    'Hello',
    'toolu_1',
    'toolu_9',
    'find',
    'text',
    'x'.repeat(200),
    'y'.repeat(201),
    'z'.repeat(65),
  ],
  ...['\\n', '\\t\\r', '\\u00a0', '\u00a0', '\u2028', '\u3000\ufeff', '\\u2003', '\\ufeff', '\u200b', '\u0085'],
  ...['\\ud83d', '\\ude00', '\\ud83d\\ude00', '\\uD83D\\uDE00 x', '\\ud83dx', '🙂', '\ud83d', '\ude00'],
  ...['\u0000', '\u001f', '\t', '\u007f', '\\u0000', '\\/', '\\"', '\\\\', '\\x', '\\u12', '\\u12g4', '\\', '\\b\\f'],
  ...['é', 'ɀ', 'ࠀ', '漢字', '\\u6f22', '\ufffd', '\ue000', '{"a":1}', "it's", 'user@example.com', 'https://a.b/c'],
  ...[
    'naïve café Привет مرحبا',
    'The order 49.90 has not arrived; please refund.',
    'c2lnbmF0dXJl',
    'c2ln*',
    '漢'.repeat(500),
  ],
  // Images: of the same size, cut off, of another size and another format, and nearly.
  ...[
    'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7AAAA',
    'R0lGODlhAQABAIAAAAAAAA==',
    'R0lGODlhAQABAIAAAAAAAA=',
    'R0lGODlhECcBAIAAAAAAAP///w==',
    'iVBORw0KGgoAAAANSUhEUgAAAyAAAAJYCAIAAAAAAAAA',
    'iVBORw0KGgoAAAANSUhEUgAAAyAAAAJYCAIAAAAAAAAAAAAAAElFTkSuQmCC',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/wAARCAABAAIDASIA',
    'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAA==',
    'PGh0bWw+Tm90IGZvdW5kPC9odG1sPiAg',
  ],
];
