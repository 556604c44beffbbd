import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atKey, atValue, type Place, WHOLE_LINE } from '../../batch/finding';
import { parseTree, pathAt, rangeOf } from '../../batch/json-tree';

const text = '{"custom_id": "a", "params": {"messages": [{"role": "user"}], "x": 1}}';

const places: readonly [place: Place, expected: string][] = [
  [WHOLE_LINE, text],
  [atValue('custom_id'), '"a"'],
  [atKey('custom_id'), '"custom_id"'],
  [atValue('params', 'messages', 0, 'role'), '"user"'],
  [atKey('params', 'messages', 0), '{'],
  [atValue('params', 'messages', 0, 'content'), '{'],
  [atValue('params', 'missing', 'deeper'), '"params"'],
  [atKey(), '{'],
  [{ at: 'text', start: 1, end: 3 }, '"c'],
];

for (const [place, expected] of places)
  test(`${JSON.stringify(place)} is ${expected.slice(0, 20)}`, () => {
    const { start, end } = rangeOf(text, place);
    assert.equal(text.slice(start, end), expected);
  });

test('a place in a text without JSON is found too', () => {
  assert.deepEqual(rangeOf('', atValue('a')), { start: 0, end: 0 });
  assert.deepEqual(rangeOf('x', WHOLE_LINE), { start: 0, end: 1 });
});

test('an offset leads to the path around it', () => {
  const tree = parseTree(text);
  const at = (needle: string) => pathAt(tree, text.indexOf(needle) + 1);
  assert.deepEqual(at('"user"').path, ['params', 'messages', 0, 'role']);
  assert.deepEqual([at('"x"').path, at('"x"').inKey], [['params', 'x'], true]);
});
