import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atValue, type Finding, type Severity } from '../../batch/finding';
import { ProblemCollector } from '../../batch/problems';

const line = '{"a":1,"b":2}';
const finding = (rule: string, message: string, severity: Severity = 'error'): Finding => ({
  rule,
  severity,
  message,
  place: atValue('a'),
  fixes: [],
});

function collect(limit: number, findings: Iterable<readonly Finding[]>) {
  const collector = new ProblemCollector(limit);
  let number = 0;
  for (const found of findings) collector.addLine(number++, line, found, null);
  return collector.finish();
}

test('a mistake of a template is shown on some lines and then counted', () => {
  const { problems, omitted, counts } = collect(900, Array(40_000).fill([finding('unknown-field', 'Wrong.')]));
  assert.equal(problems.length, 21);
  assert.equal(problems.at(-1)?.finding.message, 'Wrong. The same on 39,979 more lines.');
  assert.deepEqual([omitted, counts.error], [39_979, 40_000]);
});

test('an id is another on each line, and the mistake still the same', () => {
  const collector = new ProblemCollector(900);
  for (let i = 0; i < 1000; i++) {
    const place = atValue('custom_id');
    const message = `custom_id "ticket:${i}" contains ":".`;
    collector.addLine(i, '{"custom_id":"x"}', [{ ...finding('custom-id', message), place }], `ticket:${i}`);
  }
  const { problems } = collector.finish();
  assert.equal(problems.length, 21);
  assert.equal(problems.at(-1)?.finding.message, 'custom_id "ticket:20" contains ":". The same on 979 more lines.');
});

test('an id of one letter leaves the words of the message whole', () => {
  const collector = new ProblemCollector(900);
  for (let i = 0; i < 52; i++) {
    const id = String.fromCharCode((i < 26 ? 65 : 71) + i);
    const message = `The custom_id "${id}" is already used on line ${i}.`;
    collector.addLine(i, line, [{ ...finding('duplicate-custom-id', message), place: atValue('custom_id') }], id);
  }
  assert.match(collector.finish().problems.at(-1)?.finding.message ?? '', / The same on 31 more lines\.$/);
});

test('without a limit everything is shown as it is', () => {
  const { problems, omitted } = collect(Infinity, Array(100).fill([finding('unknown-field', 'Wrong.')]));
  assert.deepEqual([problems.length, omitted, problems.at(-1)?.finding.message], [100, 0, 'Wrong.']);
});

test('many kinds share the room, and the rest is counted at the highest severity', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => [finding('custom-id', `Wrong ${i}.`, 'warning')]);
  const { problems, omitted } = collect(900, [...many, [finding('max-tokens', 'Too many.')]]);
  assert.equal(problems.length, 900);
  assert.ok(problems.some((it) => it.finding.rule === 'max-tokens'));
  const rest = problems.find((it) => it.finding.message.startsWith('… and '));
  assert.deepEqual([rest?.finding.severity, omitted], ['error', 5_001 - 899]);
});

test('problems stand in the order of the file, at their places', () => {
  const { problems } = collect(900, [[finding('b', 'B.')], [finding('a', 'A.')]]);
  assert.deepEqual(
    problems.map(({ line, start, end }) => [line, start, end]),
    [
      [0, 5, 6],
      [1, 5, 6],
    ],
  );
});
