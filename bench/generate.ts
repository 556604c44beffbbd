import { closeSync, openSync, writeSync } from 'node:fs';
import { MIXES, type Mix } from './requests';

export interface Shape {
  readonly requests: number;
  /** About as many are written: the last lines take what is left. */
  readonly bytes: number;
  /** Share of lines with one mistake each, from 0 to 1. */
  readonly bad?: number;
  readonly mix?: Mix;
}

/** Writes a batch file, the same for the same shape. */
export function generate(path: string, { requests, bytes, bad = 0, mix = 'mixed' }: Shape): void {
  const random = randomFrom(12345);
  const file = openSync(path, 'w');
  let left = bytes;
  let lines: string[] = [];
  for (let i = 0; i < requests; i++) {
    const scale = Math.min(3, Math.max(0.1, (left / (requests - i) - FRAME_BYTES) / TEXT_BYTES));
    const text = (length: number) => prose(random, length * scale);
    const line = MIXES[mix](i, random, text);
    lines.push(random() < bad ? spoilt(line, i, random) : line);
    left -= Buffer.byteLength(line) + 1;
    if (lines.length < 1000 && i < requests - 1) continue;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  }
  closeSync(file);
}

/** What a line takes on average where nothing is scaled: what is the same in every line of its kind, and its texts. */
const FRAME_BYTES = 600;
const TEXT_BYTES = 1960;

/** One mistake of the kinds that are made: syntax, an id twice, a wrong type, a misspelt key, a wrong role. */
function spoilt(line: string, i: number, random: () => number): string {
  const kinds = [
    line.slice(0, -2),
    line.replace(`"request-${i}"`, `"request-${Math.max(0, i - 7)}"`),
    line.replace(/"max_tokens":(\d+)/, '"max_tokens":"$1"'),
    line.replace('"max_tokens"', '"max_token"'),
    line.replace('"role":"user"', '"role":"human"'),
  ];
  return kinds[Math.floor(random() * kinds.length)] ?? line;
}

function prose(random: () => number, length: number): string {
  let text = '';
  while (text.length < length) text += WORDS[Math.floor(random() * WORDS.length)];
  return text;
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = `the order has not arrived although tracking says that it was delivered on Monday, and nobody answers the
telephone. Our invoice 2026-1187 was charged twice; please refund 49.90 EUR to the card ending in 4417 (see below). Is
there a way to change the address before shipping? "Thank you" for looking into this soon, we would like to keep using it!`
  .split(/\s+/)
  .map((word) => `${word} `);
