import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChanges, toTextChanges } from '../../batch/apply-edits';
import { type Edit, insert, remove, rename, replace, wrap } from '../../batch/edit';

const cases: readonly [name: string, text: string, edits: readonly Edit[], expected: string][] = [
  ['replaces a value and nothing else', '{"a": 1,  "b":[2]}', [replace(['b', 0], 'x')], '{"a": 1,  "b":["x"]}'],
  ['renames a key', '{"a":1,"b":2}', [rename(['b'], 'c')], '{"a":1,"c":2}'],
  ['removes the first member with its comma', '{"a":1,"b":2}', [remove(['a'])], '{"b":2}'],
  ['removes the last member with the comma before it', '{"a":1, "b":2}', [remove(['b'])], '{"a":1}'],
  ['removes the only member', '{"a":1}', [remove(['a'])], '{}'],
  ['removes an element', '[1,2,3]', [remove([1])], '[1,3]'],
  ['removes neighbours', '{"a":1,"b":2,"c":3}', [remove(['b']), remove(['c'])], '{"a":1}'],
  ['removes the first of four, and the last two', '[1,2,3,4]', [remove([0]), remove([2]), remove([3])], '[2]'],
  ['inserts a property spaced as its neighbours are', '{"a": 1}', [insert(['b'], 2)], '{"a": 1, "b": 2}'],
  ['inserts into an empty object', '{"a":{}}', [insert(['a', 'b'], null)], '{"a":{"b":null}}'],
  ['inserts an element before another', '[1,3]', [insert([1], 2)], '[1,2,3]'],
  ['inserts an element at the end', '[1]', [insert([1], 2)], '[1,2]'],
  [
    'leaves out what is not there',
    '{"a":1}',
    [remove(['x', 'y']), rename(['z'], 'q'), insert(['a', 'b'], 1)],
    '{"a":1}',
  ],
  ['of a repeated key changes the last', '{"a":1,"a":2}', [replace(['a'], 3)], '{"a":1,"a":3}'],
  [
    'wraps a value, and changes what is next to it',
    '{"a":"x","b":1}',
    [wrap(['a'], '[', ']'), remove(['b'])],
    '{"a":["x"]}',
  ],
  [
    'wraps and changes the same value',
    '{"a":{"b":1}}',
    [wrap(['a'], '[', ']'), insert(['a', 'c'], 2)],
    '{"a":[{"b":1,"c":2}]}',
  ],
  ['takes text as it is', '{"a":1,}', [{ op: 'text', start: 6, end: 7, text: '' }], '{"a":1}'],
];

for (const [name, text, edits, expected] of cases)
  test(name, () => assert.equal(applyChanges(text, toTextChanges(text, edits)), expected));

test('what is wrapped stays as it is, between two insertions', () => {
  assert.deepEqual(toTextChanges('{"a":"long"}', [wrap(['a'], '[', ']')]), [
    { start: 5, end: 5, text: '[' },
    { start: 11, end: 11, text: ']' },
  ]);
});

test('a change spans only what differs', () => {
  const text = '{"custom_id":"a","params":{"model":"x"}}';
  assert.deepEqual(toTextChanges(text, [replace(['params', 'model'], 'y')]), [{ start: 35, end: 38, text: '"y"' }]);
});
