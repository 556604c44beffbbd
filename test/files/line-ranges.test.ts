import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { LineRanges } from '../../files/line-ranges';
import { temporaryFile } from '../support/folders';

const MEGABYTE = 1 << 20;

/** A text whose breaks lie around the places where a range may end, and between the glances that look for one. */
function textWith(breaks: readonly (readonly [at: number, eol: string])[], size: number): Buffer {
  const text = Buffer.alloc(size, 'x');
  for (const [at, eol] of breaks) text.write(eol, at);
  return text;
}

test('ranges follow on each other and end where lines end', (t) => {
  const glance = 1 << 14;
  for (const eol of ['\n', '\r\n', '\r'])
    for (const at of [-2, -1, 0, 1, glance - 2, glance - 1, glance, 3 * glance - 1]) {
      const text = textWith([[MEGABYTE + at, eol]], 2.5 * MEGABYTE);
      assert.deepEqual(rangesOf(temporaryFile(t, 'a.jsonl', text), text.length), expectedEnds(text), `${eol} ${at}`);
    }
});

test('a line longer than many ranges is one, and so is a file without an end of line', (t) => {
  const text = textWith([[3 * MEGABYTE + 5, '\n']], 3 * MEGABYTE + 6);
  assert.deepEqual(rangesOf(temporaryFile(t, 'a.jsonl', text), text.length), [text.length]);
  const last = textWith([[MEGABYTE + 7, '\r']], MEGABYTE + 8);
  assert.deepEqual(rangesOf(temporaryFile(t, 'b.jsonl', last), last.length), [last.length]);
  assert.deepEqual(rangesOf(temporaryFile(t, 'c.jsonl', ''), 0), []);
});

test('a file that has become shorter ends', (t) => {
  const file = temporaryFile(t, 'a.jsonl', 'x'.repeat(MEGABYTE + 1));
  assert.deepEqual(rangesOf(file, 3 * MEGABYTE), [3 * MEGABYTE]);
});

function rangesOf(path: string, size: number): number[] {
  const file = openSync(path, 'r');
  try {
    const ranges = new LineRanges(file, size);
    const ends: number[] = [];
    for (let range = ranges.next(); range; range = ranges.next()) {
      assert.equal(range.from, ends.at(-1) ?? 0);
      ends.push(range.to);
    }
    return ends;
  } finally {
    closeSync(file);
  }
}

/** Behind the first end of line that ends more than a megabyte on. */
function expectedEnds(text: Buffer): number[] {
  const ends: number[] = [];
  for (let from = 0; from < text.length; from = ends.at(-1)!) {
    const behind = [
      ...text
        .subarray(from)
        .toString('latin1')
        .matchAll(/\r\n|\r|\n/g),
    ]
      .map(({ index, 0: eol }) => from + index + eol.length)
      .find((end) => end > from + MEGABYTE);
    ends.push(behind ?? text.length);
  }
  return ends;
}
