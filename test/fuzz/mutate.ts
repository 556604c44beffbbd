import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A source of numbers in [0, 1), the same for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What readers of JSON stumble over, and what rules may take for something else than it is. */
const TOKENS: readonly string[] = [
  ...['{', '}', '[', ']', '"', '\\', ',', ':', '{}', '[]', '""', '{{', '":', '","'],
  ...['null', 'true', 'false', '0', '-1', '1e400', '-0', '0.1', '9007199254740993', 'NaN', '01'],
  ...['\\ud83d', '\ud83d', '\ude00', '\\u0000', '\u0000', '\uFEFF', '\r', '\t', '\u2028', 'é', '\uFFFD', '\\x'],
  ...['"__proto__"', '"constructor"', '"toString"', '{"__proto__":{"type":1}}', '{"toString":""}', '{"length":-1}'],
  ...['[null]', '[[[[]]]]', '{"type":"text"}', '{"type":null}', '"$ref":"#"', '{"$ref":"#/$defs/a"}', '"text"'],
  '['.repeat(300),
  '{"a":'.repeat(300),
  '"x"'.repeat(50),
];

/** A line made of others by one to six random changes; the same random numbers make the same line. */
export function mutated(lines: readonly string[], random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let line = pick(lines);
  for (let changes = 1 + Math.floor(random() * 6); changes > 0; changes--) {
    line = pick(CHANGES)(line, Math.floor(random() * (line.length + 1)), { random, pick, lines });
  }
  return line;
}

interface Means {
  readonly random: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly lines: readonly string[];
}

/** Ways to change a line at a place. */
const CHANGES: readonly ((line: string, at: number, means: Means) => string)[] = [
  (line, at, { pick }) => line.slice(0, at) + pick(TOKENS) + line.slice(at),
  (line, at, { random }) => line.slice(0, at) + line.slice(at + 1 + Math.floor(random() * 12)),
  (line, at, { random }) => line.slice(0, at) + String.fromCharCode(random() * 0x10000) + line.slice(at + 1),
  (line, at, { random }) => line.slice(0, at) + line.slice(Math.floor(random() * at)),
  (line, at, { pick, lines }) => line.slice(0, at) + pick(lines).slice(at),
  // A whole value or key takes the place of another, so that the line stays JSON and the rules have their say.
  (line, at, { pick, lines }) => replacedToken(line, at, pick(tokensOf(pick(lines)))),
  (line, at, { pick }) => replacedToken(line, at, pick(TOKENS)),
  (line, at, { pick }) => replacedToken(line, at, pick(tokensOf(line))),
];

/** Strings, numbers, words and flat objects or arrays. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|\{[^{}[\]]*\}|\[[^{}[\]]*\]/g;

export function tokensOf(line: string): readonly string[] {
  return line.match(TOKEN) ?? ['0'];
}

/** The first token that begins at or after `at` gives way to another. */
function replacedToken(line: string, at: number, token: string): string {
  const found = new RegExp(TOKEN.source, 'g');
  found.lastIndex = at;
  const match = found.exec(line);
  return match ? line.slice(0, match.index) + token + line.slice(match.index + match[0].length) : line;
}

/** The lines of the rules' fixtures: each rule is reached by some. */
export function seedLines(): string[] {
  const folder = 'test/fixtures/rules';
  const lines = readdirSync(folder).flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'));
  return lines.filter((line) => line !== '' && !line.startsWith('//') && line.length < LONGEST_SEED);
}

/** Longer ones take the time of many. */
const LONGEST_SEED = 2000;
