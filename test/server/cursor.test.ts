import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorAt } from '../../server/src/cursor';

/** `|` is the cursor; what is expected there, the path, and the token under it. */
const CASES: readonly (readonly [line: string, expected: string])[] = [
  ['{|', 'key at  ""'],
  ['{"cus|', 'key at  "\\"cus"'],
  ['{"cus|tom_id":"a"}', 'key at  "\\"custom_id\\""'],
  ['{"custom_id"|:"a"}', 'nothing at custom_id ""'],
  ['{"custom_id":|', 'value at custom_id ""'],
  ['{"custom_id":"a"|}', 'nothing at custom_id ""'],
  ['{"custom_id":"a",|}', 'key at  ""'],
  ['{"params":{"serv|"model":"x"}}', 'key at params "\\"serv"'],
  ['{"params":{"model":"cl|"}}', 'value at params/model "\\"cl\\""'],
  ['{"params":{"model":"cl|,"max_tokens":1}}', 'value at params/model "\\"cl"'],
  ['{"params":{"model": |"max_tokens":1}}', 'value at params/model ""'],
  ['{"params":{"messages":[{"role":"user"},{"|"}]}}', 'key at params/messages/1 "\\"\\""'],
  [
    '{"params":{"messages":[{"role":"user","content":[{"type":"te|xt"',
    'value at params/messages/0/content/0/type "\\"text\\""',
  ],
  ['{"params":{"stop_sequences":["a", "b|"', 'value at params/stop_sequences/1 "\\"b\\""'],
  ['{"params":{"stream": tr|', 'value at params/stream "tr"'],
  ['{"params":{"stream": true|', 'value at params/stream "true"'],
  ['{"a":"x\\"y","b|"', 'key at  "\\"b\\""'],
  ['{"a":[1,2],"b":{},|', 'key at  ""'],
  ['|{"a":1}', 'value at  ""'],
  ['{"a":1}|', 'nothing at  ""'],
  ['}}]|', 'nothing at  ""'],
];

for (const [marked, expected] of CASES) {
  test(`the cursor in ${marked}`, () => {
    const offset = marked.indexOf('|');
    const line = marked.replace('|', '');
    const { path, expects, start, end } = cursorAt(line, offset);
    assert.equal(`${expects} at ${path.join('/')} ${JSON.stringify(line.slice(start, end))}`, expected);
  });
}

test('a line nested 100,000 deep does no harm', () => {
  const deep = '{"a":['.repeat(100_000);
  assert.equal(cursorAt(deep, deep.length).path.length, 200_000);
});
