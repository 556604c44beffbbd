import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BatchFile } from '../../batch/batch-file';
import { context, requestLine } from '../support/contexts';

const lines = [
  '',
  ' ',
  'x',
  '{}',
  '[1]',
  requestLine('a'),
  requestLine('b'),
  requestLine('a', ''),
  '{"custom_id":"a","params":{"model":"claude-x"}}',
];
const text = fc
  .array(fc.tuple(fc.constantFrom(...lines), fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 10 })
  .map((parts) => parts.map((part) => part.join('')).join(''));
const position = fc.record({ line: fc.nat(10), character: fc.nat(120) });
const change = fc.record({ range: fc.record({ start: position, end: position }), text });

test('changes in turn find what a reading from scratch finds', () => {
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 5 }), (initial, changes) => {
      const file = new BatchFile(initial, context());
      for (const it of changes) file.update([it]);
      const fresh = new BatchFile(file.text, context());
      assert.deepEqual(file.problems(Infinity), fresh.problems(Infinity));
      assert.deepEqual([file.requests, file.bytes, file.models()], [fresh.requests, fresh.bytes, fresh.models()]);
      assert.deepEqual(file.estimate(), fresh.estimate());
    }),
    { numRuns: 300 },
  );
});

test('the size is that of the create body', () => {
  const file = new BatchFile(`${requestLine('a')}\n\n${requestLine('é🙂')}\n`, context());
  const body = `{"requests":[${requestLine('a')},${requestLine('é🙂')}]}`;
  assert.deepEqual([file.requests, file.bytes], [2, Buffer.byteLength(body)]);
});

test('both places of a duplicate are told', () => {
  const file = new BatchFile([requestLine('a'), requestLine('b'), requestLine('a')].join('\n'), context());
  const [problem, ...others] = file.problems(900).problems;
  assert.equal(others.length, 0);
  assert.equal(problem?.finding.rule, 'duplicate-custom-id');
  assert.deepEqual([problem?.line, problem?.related[0]?.line, problem?.customId], [2, 0, 'a']);
  assert.deepEqual([file.lineOfRequest('b'), file.lineOfRequest('z')], [1, -1]);
});

test('another context judges every line again', () => {
  const line = requestLine('a').replace('"max_tokens"', '"temperature":0.5,"max_tokens"');
  const file = new BatchFile(line, context());
  assert.equal(file.problems(900).counts.error, 0);
  file.judgeBy(context({ apiVersion: '2026-10-21' }));
  assert.equal(file.problems(900).counts.error, 1);
});

test('the empty line after the last line break is no blank line', () => {
  assert.equal(new BatchFile(`${requestLine('a')}\n`, context()).problems(900).problems.length, 0);
  assert.equal(
    new BatchFile(`${requestLine('a')}\n\n`, context()).problems(900).problems[0]?.finding.rule,
    'blank-line',
  );
});
