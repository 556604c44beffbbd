import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyseLine } from '../../batch/lint';
import { lineRules, rules } from '../../batch/rules';
import { annotate, findingsIn, TEST_CONTEXT } from '../support/annotated';

const folder = 'test/fixtures/rules';
const fixtures = readdirSync(folder).map((name) => ({ rule: path.parse(name).name, file: path.join(folder, name) }));
const findingsOf = (line: string) => analyseLine(line, TEST_CONTEXT).findings;

for (const { rule, file } of fixtures) {
  test(`fixture ${rule}: the findings are those drawn, and so is what the fixes make of the line`, () => {
    const text = readFileSync(file, 'utf8');
    const actual = annotate(text);
    if (process.env.UPDATE_FIXTURES) writeFileSync(file, actual);
    else assert.equal(actual, text);
    const found = findingsIn(actual).map((findings) => findings.some((one) => one.rule === rule));
    assert.ok(found.includes(true), `nothing shows ${rule}`);
    assert.ok(found.includes(false), `nothing shows what ${rule} lets through`);
  });
}

test('every rule has a fixture', () => {
  assert.deepEqual(
    fixtures.map(({ rule }) => rule).sort(),
    rules.map(({ id }) => id),
  );
});

for (const { id, severity, examples } of rules) {
  if (!examples) continue;
  test(`example of ${id}: the bad line shows the rule and no other fault, the good one none`, () => {
    const [bad, good] = [examples.bad, examples.good].map((line) =>
      findingsOf(line).filter((one) => one.rule === id || one.severity === 'error' || one.severity === 'warning'),
    );
    assert.deepEqual([...new Set(bad?.map((one) => `${one.severity} ${one.rule}`))], [`${severity} ${id}`]);
    assert.deepEqual(good, []);
  });
}

test('no rule throws, whatever a request holds', () => {
  const keys = fc.constantFrom(
    ...wordsOf(rules.flatMap(({ examples }) => (examples ? [examples.bad, examples.good] : []))),
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, true, 0, -1, 1e308, '', ' ', '__proto__'),
      keys,
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(keys, fc.constant('__proto__')), tie('json'), { maxKeys: 6 }),
    ),
  }));
  const request = fc.record({ custom_id: json, params: fc.dictionary(keys, json) });
  fc.assert(
    fc.property(request, (value) => {
      analyseLine(JSON.stringify(value), TEST_CONTEXT);
    }),
    { numRuns: 3000 },
  );
});

test('no rule hangs or throws on what a line can grow to', () => {
  for (const inner of hugeValues()) {
    for (const key of ['messages', 'tools', 'system', 'model', 'tool_choice', 'betas', 'mcp_servers']) {
      analyseLine(JSON.stringify({ custom_id: 'a', params: { [key]: inner } }), TEST_CONTEXT);
    }
  }
});

test('the ids are kebab-case, unique and sorted, and the three about a model are the only ones with the word', () => {
  const ids = rules.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  for (const id of ids) assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  assert.deepEqual(
    ids.filter((id) => id.includes('model')),
    ['deprecated-model', 'retired-model', 'unknown-model'],
  );
  assert.ok(lineRules.length > 0);
});

/** Every key and string of the rules' examples: what generated requests are made of, so that rules are reached. */
function wordsOf(lines: readonly string[]): string[] {
  const words = new Set<string>();
  for (const line of lines)
    for (const [, word] of line.matchAll(/"((?:[^"\\]|\\.){1,40})"/g)) words.add(JSON.parse(`"${word}"`));
  return [...words].sort();
}

function hugeValues(): unknown[] {
  const call = (index: number) => ({
    role: 'assistant',
    content: [{ type: 'tool_use', id: `t${index}`, name: 'x', input: {} }],
  });
  return [
    'x'.repeat(2_000_000),
    Array.from({ length: 20_000 }, () => 'x'),
    Array.from({ length: 20_000 }, () => ({ role: 'user', content: '' })),
    Array.from({ length: 20_000 }, (_, index) => call(index)),
    Array.from({ length: 20_000 }, (_, index) => ({ type: 'tool_result', name: `n${index}`, tool_use_id: 't1' })),
  ];
}
