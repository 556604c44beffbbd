import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyBytes } from '../../batch/file-findings';
import { type Piece, splitPieces } from '../../batch/split';

const pieces = (prefixes: string, bytes = 10): Piece[] =>
  [...prefixes].map((letter) => ({ bytes, prefix: letter === '.' ? null : letter }));

const split = (prefixes: string, requests: number) =>
  splitPieces(pieces(prefixes), { requests, bytes: Number.POSITIVE_INFINITY }).map((numbers) =>
    numbers.map((number) => prefixes[number]).join(''),
  );

test('batches are filled in the order of the file', () => {
  assert.deepEqual(split('.......', 3), ['...', '...', '.']);
  assert.deepEqual(split('...', 3), ['...']);
  assert.deepEqual(split('', 3), []);
});

test('requests that share a cached prefix stay together, wherever they are', () => {
  assert.deepEqual(split('aabbb', 4), ['aa', 'bbb']);
  assert.deepEqual(split('..aaa..', 4), ['..', 'aaa.', '.']);
  assert.deepEqual(split('abababc', 3), ['aaa', 'bbb', 'c']);
});

test('a prefix that more requests share than a batch holds is filled up with', () => {
  assert.deepEqual(split('.aaaaaa.', 3), ['.aa', 'aaa', 'a.']);
});

test('no batch is over a limit but one of a single request, and every request is in exactly one', () => {
  let state = 7;
  const random = (below: number) => {
    state = (state * 16_807) % 2_147_483_647;
    return state % below;
  };
  for (let round = 0; round < 200; round++) {
    const all = Array.from({ length: random(60) }, () => ({
      bytes: 1 + random(80),
      prefix: random(2) ? 'abc'.charAt(random(3)) : null,
    }));
    const limits = { requests: 1 + random(12), bytes: 60 + random(200) };
    const parts = splitPieces(all, limits);
    assert.deepEqual(
      parts.flat().sort((a, b) => a - b),
      all.map((_, number) => number),
    );
    for (const numbers of parts) {
      const bytes = numbers.reduce((sum, number) => sum + (all[number]?.bytes ?? 0), 0);
      const size = bodyBytes({ requests: numbers.length, bytes });
      assert.ok(numbers.length === 1 || (numbers.length <= limits.requests && size <= limits.bytes));
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
      );
    }
  }
});
