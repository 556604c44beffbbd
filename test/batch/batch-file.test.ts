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
  .array(fc.tuple(fc.constantFrom(...lines), fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 10 })
  .map((parts) => parts.map((part) => part.join('')).join(''));
const position = fc.record({ line: fc.nat(10), character: fc.nat(120) });
const change = fc.record({ range: fc.record({ start: position, end: position }), text });

for (const limit of [10, Infinity])
  test(`changes in turn find what a reading from scratch finds, of which ${limit} problems are shown`, () => {
    fc.assert(
      fc.property(text, fc.array(change, { maxLength: 5 }), (initial, changes) => {
        const file = new BatchFile(initial, context(), limit);
        for (const it of changes) {
          file.update([it]);
          const fresh = new BatchFile(file.text, context(), limit);
          assert.deepEqual(file.problems(), fresh.problems());
          assert.deepEqual([file.requests, file.bytes, file.models()], [fresh.requests, fresh.bytes, fresh.models()]);
          assert.deepEqual(file.estimate(), fresh.estimate());
        }
      }),
      { numRuns: 150 },
    );
  });

test('what is shown of a large file stays right while it is edited', () => {
  const lineNumbers = (file: BatchFile) => file.problems().problems.map(({ line }) => line);
  const requests = Array.from({ length: 10_000 }, (_, i) =>
    requestLine(`r-${i}`, `Ticket ${i}`).replace('haiku-4-5', 'haiku-5-5'),
  );
  const file = new BatchFile(requests.join('\n'), context());
  const at = (line: number) => ({ line, character: 0 });
  file.update([{ range: { start: at(7000), end: at(7000) }, text: 'x' }]);
  assert.deepEqual(lineNumbers(file), [7000]);
  file.update([{ range: { start: at(3), end: at(3) }, text: `${requests[9999]}\n` }]);
  assert.deepEqual(lineNumbers(file), [7001, 10_000]);
  file.update([{ range: { start: at(5), end: at(6005) }, text: '' }]);
  assert.deepEqual(lineNumbers(file), [1001, 4000]);
  file.update([{ range: { start: at(3), end: at(4) }, text: '' }]);
  assert.deepEqual(lineNumbers(file), [1000]);
});

test('problems are chosen once for each state of the text', () => {
  const file = new BatchFile(`${requestLine('a')}\nx`, context());
  const [before, again] = [file.problems(), file.problems()];
  assert.equal(before, again);
});

test('the size is that of the create body', () => {
  const file = new BatchFile(`${requestLine('a')}\n\n${requestLine('é🙂')}\n`, context());
  const body = `{"requests":[${requestLine('a')},${requestLine('é🙂')}]}`;
  assert.deepEqual([file.requests, file.bytes], [2, Buffer.byteLength(body)]);
});

test('both places of a duplicate are told', () => {
  const file = new BatchFile([requestLine('a'), requestLine('b'), requestLine('a')].join('\n'), context());
  const [problem, ...others] = file.problems().problems;
  assert.equal(others.length, 0);
  assert.equal(problem?.finding.rule, 'duplicate-custom-id');
  assert.deepEqual([problem?.line, problem?.related[0]?.line, problem?.customId], [2, 0, 'a']);
  assert.deepEqual([file.lineOfRequest('b'), file.lineOfRequest('z')], [1, -1]);
});

test('of many ids that stand twice the first are shown, all are counted, and both stay right while lines change', () => {
  const ids = Array.from({ length: 60 }, (_, i) => requestLine(`r-${i % 30}`));
  const file = new BatchFile(ids.join('\n'), context(), 10);
  const shown = () => {
    const { problems, counts } = file.problems();
    const [first] = problems;
    return [counts.error, problems.length, first?.line, first?.related[0]?.line];
  };
  const start = { line: 0, character: 0 };
  assert.deepEqual(shown(), [30, 10, 30, 0]);
  file.update([{ range: { start, end: start }, text: `${requestLine('r-7')}\n` }]);
  assert.deepEqual(shown(), [31, 10, 8, 0]);
  file.update([{ range: { start, end: { line: 8, character: 0 } }, text: '' }]);
  assert.deepEqual(shown(), [23, 10, 30, 0]);
  file.update([{ text: Array.from({ length: 50 }, () => requestLine('a')).join('\n') }]);
  assert.deepEqual(shown(), [49, 10, 1, 0]);
});

test('another context judges every line again', () => {
  const line = requestLine('a').replace('"max_tokens"', '"temperature":0.5,"max_tokens"');
  const file = new BatchFile(line, context());
  assert.equal(file.problems().counts.error, 0);
  file.judgeBy(context({ apiVersion: '2026-10-21' }));
  assert.equal(file.problems().counts.error, 1);
});

test('the empty line after the last line break is no blank line', () => {
  assert.equal(new BatchFile(`${requestLine('a')}\n`, context()).problems().problems.length, 0);
  assert.equal(new BatchFile(`${requestLine('a')}\n\n`, context()).problems().problems[0]?.finding.rule, 'blank-line');
});

test('a space after the last line break makes a blank line, and none again when it is removed', () => {
  const file = new BatchFile(`${requestLine('a')}\n`, context());
  const [start, end] = [0, 1].map((character) => ({ line: 1, character }));
  const shown = () => file.problems().problems.map(({ finding }) => finding.rule);
  assert.deepEqual(shown(), []);
  file.update([{ range: { start: start!, end: start! }, text: ' ' }]);
  assert.deepEqual(shown(), ['blank-line']);
  file.update([{ range: { start: start!, end: end! }, text: '' }]);
  assert.deepEqual(shown(), []);
});

test('a problem moves with what is typed before it on its line', () => {
  const file = new BatchFile(`x\n${requestLine('a').replace('max_tokens', 'max_token')}`, context());
  const starts = () => file.problems().problems.map(({ start }) => start);
  const before = starts();
  file.update([{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: '  ' }]);
  assert.deepEqual(
    starts(),
    before.map((start, i) => (i === 0 ? start : start + 2)),
  );
});
