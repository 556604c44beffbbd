import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenIds } from '../../files/seen-ids';

test('an id is seen again where a set has it already', () => {
  const ids: (string | undefined)[] = [];
  const seen = new SeenIds(ids);
  const set = new Set<string>();
  for (let i = 0; i < 50_000; i++) {
    // Short ones come again often, long ones seldom; some lines have none, or an empty one.
    const id = i % 97 === 0 ? undefined : i % 89 === 0 ? '' : `r-${(i * 7919) % (i % 2 ? 500 : 60_000)}`;
    ids.push(id);
    const isAgain = id !== undefined && set.has(id);
    if (id !== undefined) set.add(id);
    assert.equal(seen.isAgain(i), isAgain, `${i}: ${id}`);
  }
});

test('ids whose hashes are alike are told apart', () => {
  // The polynomial of two of these characters is the same.
  const ids = ['Aa', 'BB', 'AaAa', 'BBBB', 'AaBB', 'BBAa', 'BB'];
  const seen = new SeenIds(ids);
  assert.deepEqual(
    ids.map((_id, i) => seen.isAgain(i)),
    [false, false, false, false, false, false, true],
  );
});
