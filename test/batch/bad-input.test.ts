import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChanges, toTextChanges } from '../../batch/apply-edits';
import { BatchFile } from '../../batch/batch-file';
import { analyseLine } from '../../batch/lint';
import { ProblemCollector } from '../../batch/problems';
import { context, requestLine } from '../support/contexts';

/** What takes time that grows faster than the line takes minutes here; what is linear takes less than a second. */
const IN_TIME = { timeout: 60_000 };

const repeated = (text: string, times: number): string[] =>
  Array.from({ length: times }, (_, i) => text.replaceAll('%', String(i)));
const inParams = (fields: string): string =>
  `{"custom_id":"a","params":{"model":"claude-haiku-5-5","max_tokens":64,${fields}}}`;
const inMessage = (content: string): string => inParams(`"messages":[{"role":"user","content":${content}}]`);

/** The rules that have something to say of a line; every finding has a place in it, and every fix can be made. */
function rulesOf(line: string): Set<string> {
  const { findings } = analyseLine(line, context());
  const collector = new ProblemCollector(Number.POSITIVE_INFINITY);
  collector.addLine(0, line, findings, null);
  for (const { start, end } of collector.finish().problems) assert.ok(0 <= start && start <= end && end <= line.length);
  for (const { fixes } of findings.slice(0, 3))
    for (const { edits } of fixes) applyChanges(line, toTextChanges(line, edits));
  return new Set(findings.map(({ rule }) => rule));
}

const DEEP = 100_000;
const LARGE = 5_000_000;

const bombs: Readonly<Record<string, string>> = {
  'nested arrays': '['.repeat(DEEP) + ']'.repeat(DEEP),
  'nested arrays without an end': '['.repeat(DEEP),
  'nested objects': '{"a":'.repeat(DEEP) + '1'.padEnd(DEEP + 1, '}'),
  'arrays nested in a request': inMessage('['.repeat(DEEP) + ']'.repeat(DEEP)),
  'an unfinished request': inMessage('[{"a":'.repeat(DEEP)).slice(0, -4),
};

for (const [name, line] of Object.entries(bombs))
  test(`depth: ${name}`, IN_TIME, () => assert.deepEqual([...rulesOf(line)], ['too-deep']));

test('a string of 5 MB is a text like any other', IN_TIME, () => {
  assert.ok(!rulesOf(inMessage(`"${'x'.repeat(LARGE)}"`)).has('invalid-json'));
  assert.ok(rulesOf(inMessage(`"${'x'.repeat(LARGE)}`)).has('invalid-json'));
  assert.ok(rulesOf(`{"custom_id":"${'é '.repeat(LARGE / 2)}","params":{}}`).has('custom-id'));
  assert.ok(rulesOf(inParams(`"${'k'.repeat(LARGE)}":1,"messages":[]`)).has('unknown-field'));
  assert.ok(rulesOf(`{"custom_id":"${'\\'.repeat(LARGE)}`).has('invalid-json'));
});

test('half a character is told, written out or escaped', IN_TIME, () => {
  assert.ok(rulesOf(inMessage('"\\ud83d"')).has('lone-surrogate'));
  assert.ok(rulesOf(inMessage(`"${'\\udc00'.repeat(DEEP)}"`)).has('lone-surrogate'));
  assert.ok(!rulesOf(inMessage('"\\ud83d\\ude00"')).has('lone-surrogate'));
  rulesOf(inMessage(`"${'\ud800'.repeat(DEEP)}"`));
});

test('keys that JSON.parse hides are told, one of them or very many', IN_TIME, () => {
  assert.ok(rulesOf(inParams('"messages":[],"max_tokens":2')).has('duplicate-key'));
  assert.ok(rulesOf(inParams('"messages":[],"max\\u005ftokens":2')).has('duplicate-key'));
  assert.ok(rulesOf(inParams(repeated('"a":%', DEEP).join())).has('duplicate-key'));
  assert.ok(rulesOf(`{${repeated('"custom_id":"%"', DEEP).join()}}`).has('duplicate-key'));
});

test('names that every object has are names like any other', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', 'length']) {
    const key = JSON.stringify(name);
    assert.ok(
      rulesOf(inParams(`${key}:{"temperature":9},"messages":[{"role":"user","content":"Hi"}]`)).has('unknown-field'),
    );
    assert.ok(rulesOf(`{${key}:1,${requestLine('a').slice(1)}`).has('unknown-field'));
    for (const place of ['"messages"', '"model"', '"user"', '"claude-haiku-4-5"', '"content"'])
      assert.ok(rulesOf(requestLine('a').replace(place, key)).size > 0, `${place} → ${key}`);
    assert.deepEqual([...rulesOf(requestLine(name))], []);
  }
});

test('__proto__ may be an id, and stand once', () => {
  const text = [requestLine('__proto__'), requestLine('constructor'), requestLine('__proto__')].join('\n');
  const { problems } = new BatchFile(text, context(), 10).problems();
  assert.deepEqual(
    problems.map(({ line, finding }) => [line, finding.rule]),
    [[2, 'duplicate-custom-id']],
  );
});

test('numbers that no reader holds are told', IN_TIME, () => {
  for (const number of ['1e400', '-1e400', `${'9'.repeat(LARGE)}`, `1e${'9'.repeat(1000)}`])
    assert.ok(rulesOf(inParams(`"messages":[],"top_k":${number}`)).has('number-out-of-range'));
  const [long] = analyseLine(inParams(`"top_k":${'9'.repeat(LARGE)}`), context()).findings;
  assert.match(long?.message ?? '', /^The number 9{20}… is/);
  assert.ok(!rulesOf(inMessage('"1e400"')).has('number-out-of-range'));
  assert.ok(!rulesOf(inParams('"messages":[],"top_k":1e-400')).has('number-out-of-range'));
});

/** Each is a few megabytes of one fault. */
const faults: Readonly<Record<string, string>> = {
  'unknown fields': inParams(repeated('"k%":1', DEEP).join()),
  'values that are no messages': inParams(`"messages":[${repeated('null', DEEP).join()}]`),
  'empty messages': inParams(`"messages":[${repeated('{"role":"user","content":""}', DEEP).join()}]`),
  'calls without results': inParams(
    `"messages":[${repeated('{"role":"assistant","content":[{"type":"tool_use","id":"t%","name":"x","input":{}}]}', 40_000).join()}]`,
  ),
  'results without calls': inMessage(`[${repeated('{"type":"tool_result","tool_use_id":"u%"}', 40_000).join()}]`),
  'tools of one name': inParams(
    `"tools":[${repeated('{"name":"t","input_schema":{"type":"object"}}', 40_000).join()}]`,
  ),
  'cache breakpoints': inParams(
    `"system":[${repeated('{"type":"text","text":"","cache_control":{"type":"ephemeral"}}', 40_000).join()}]`,
  ),
  'definitions that lead on': inParams(
    `"output_config":{"format":{"type":"json_schema","schema":{"$ref":"#/$defs/d0","$defs":{${repeated('"d%":{"type":"object","$ref":"#/$defs/d%"}', 40_000).join()}}}}}`,
  ),
  commas: ','.repeat(LARGE),
  quotes: '"'.repeat(LARGE),
};

for (const [name, line] of Object.entries(faults))
  test(`a line of many ${name} is judged in time`, IN_TIME, () => assert.ok(rulesOf(line).size > 0));
