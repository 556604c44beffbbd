import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyChanges } from '../../batch/apply-edits';
import { type BulkEdit, BulkEditor } from '../../batch/bulk/bulk-edit';
import { parseCondition } from '../../batch/bulk/condition';
import { parseFieldPath } from '../../batch/bulk/field-path';
import { parseFieldValue } from '../../batch/bulk/field-value';
import { parseSplitSize } from '../../batch/bulk/split-size';
import { type Json, type JsonObject, valueAt } from '../../batch/json';
import { MAX_REQUESTS, WARN_BODY_BYTES } from '../../batch/limits';
import { requestLine } from '../support/contexts';
import { validRequests } from './valid-requests';

/** What becomes of lines; null for one that goes. */
function edited(lines: readonly string[], edit: BulkEdit): (string | null)[] {
  const editor = new BulkEditor(edit);
  return lines.map((line, number) => {
    const outcome = editor.line(line, number);
    return outcome === 'remove' ? null : applyChanges(line, outcome);
  });
}

test('a field is set, with the objects around it that are missing, and nothing else changes', () => {
  const line = '{ "custom_id": "a", "params": {"max_tokens": 1.0, "metadata": {}} }';
  const set = (field: string, value: Json) =>
    edited([line], { op: 'set', path: parseFieldPath(field) ?? [], value })[0];
  assert.equal(set('max_tokens', 2), line.replace('1.0', '2'));
  assert.equal(set('max_tokens', 1), line);
  assert.equal(set('metadata.user_id', 'u'), line.replace('{}', '{"user_id": "u"}'));
  assert.equal(set('output_config.effort', 'low'), line.replace('{}}', '{}, "output_config": {"effort":"low"}}'));
  assert.equal(set('tools[0].name', 'x'), line);
  assert.equal(set('max_tokens.deeper', 'x'), line);
});

test('a field that stands more than once is removed altogether', () => {
  const line = '{"custom_id": "a", "params": {"top_k": 1, "max_tokens": 1, "top_k": 2, "top_k":3}}';
  const removed = edited([line], { op: 'remove', path: ['params', 'top_k'] })[0];
  assert.equal(removed, '{"custom_id": "a", "params": {"max_tokens": 1}}');
});

test('fields as people write them', () => {
  assert.deepEqual(parseFieldPath('max_tokens'), ['params', 'max_tokens']);
  assert.deepEqual(parseFieldPath('params.messages[0].role'), ['params', 'messages', 0, 'role']);
  assert.deepEqual(parseFieldPath('/params/messages/0'), ['params', 'messages', 0]);
  assert.deepEqual(parseFieldPath('custom_id'), ['custom_id']);
  for (const wrong of ['', 'a..b', 'a b', '[0', '/']) assert.equal(parseFieldPath(wrong), undefined, wrong);
});

test('conditions as people write them', () => {
  const meant = (text: string): string[] => {
    const where = parseCondition(text);
    assert.ok(where, text);
    const lines = [
      '{"custom_id":"eval-1","params":{"model":"a","max_tokens":9,"metadata":{"user_id":"42"}}}',
      '{"custom_id":"eval-2","params":{"model":"b","max_tokens":10}}',
      '{"custom_id":"x","params":{"model":"a","temperature":0,"stop_sequences":["b","a=b"]}}',
    ];
    const results = edited(lines, { op: 'set', path: ['params', 'top_k'], value: 1, where });
    return results.flatMap((line, index) => (line === lines[index] ? [] : (idOf(line) ?? [])));
  };
  assert.deepEqual(meant('model=a'), ['eval-1', 'x']);
  assert.deepEqual(meant('model != a'), ['eval-2']);
  assert.deepEqual(meant('max_tokens!=9'), ['eval-2', 'x']);
  assert.deepEqual(meant('custom_id~^eval-\\d$'), ['eval-1', 'eval-2']);
  assert.deepEqual(meant('temperature'), ['x']);
  assert.deepEqual(meant('! temperature'), ['eval-1', 'eval-2']);
  assert.deepEqual(meant('metadata.user_id=42'), ['eval-1']);
  assert.deepEqual(meant('stop_sequences=["b","a=b"]'), ['x']);
  assert.deepEqual(meant('max_tokens~^1'), ['eval-2']);
  for (const wrong of ['', '=a', 'model~', 'model~(', '!model=a', 'a b=1'])
    assert.equal(parseCondition(wrong), undefined);
});

test('a value is of the type that belongs there', () => {
  const value = (field: string, text: string) => parseFieldValue(parseFieldPath(field) ?? [], text);
  assert.equal(value('metadata.user_id', '42'), '42');
  assert.equal(value('metadata.user_id', '"42"'), '42');
  assert.equal(value('max_tokens', '42'), 42);
  assert.equal(value('custom_id', 'true'), 'true');
  assert.equal(value('output_config.effort', 'low'), 'low');
  assert.equal(value('no_such_field', '42'), 42);
  assert.deepEqual(value('thinking', '{"type":"disabled"}'), { type: 'disabled' });
});

test('how files are split, as people write it', () => {
  assert.deepEqual(parseSplitSize('10000'), { requests: 10_000, bytes: WARN_BODY_BYTES });
  assert.deepEqual(parseSplitSize('1.5 MB'), { requests: MAX_REQUESTS, bytes: 1_500_000 });
  assert.deepEqual(parseSplitSize('9000000'), { requests: MAX_REQUESTS, bytes: WARN_BODY_BYTES });
  for (const wrong of ['', '0', '1.5', 'MB', '-1', '5 GB']) assert.equal(parseSplitSize(wrong), undefined, wrong);
});

test('ids: numbered, prefixed where that is legal, repeated ones dropped', () => {
  const lines = [
    requestLine('a'),
    'not a request',
    requestLine('b'),
    requestLine('a', 'again'),
    requestLine('c', 'again'),
  ];
  assert.deepEqual(edited(lines, { op: 'renumber', prefix: 'r-' }).map(idOf), ['r-1', null, 'r-2', 'r-3', 'r-4']);
  const editor = new BulkEditor({ op: 'prefix', prefix: 'x'.repeat(64) });
  assert.deepEqual(editor.line(requestLine('a'), 0), []);
  assert.equal(editor.outcome.refused, 1);
  assert.deepEqual(edited(lines, { op: 'drop-duplicates', by: 'custom_id' })[3], null);
  const byParams = edited(lines, { op: 'drop-duplicates', by: 'params' });
  assert.deepEqual([byParams[2], byParams[4]], [null, null]);
});

test('requests that are not named stay byte for byte, and named ones keep all other values', () => {
  const path = ['params', 'max_tokens'];
  fc.assert(
    fc.property(fc.array(validRequests, { minLength: 1, maxLength: 8 }), fc.constantFrom(0, 1), (requests, spaces) => {
      const lines = requests.map(({ line }) => JSON.stringify(line, null, spaces).replaceAll('\n', ' '));
      const model = valueAt(requests[0]?.line, ['params', 'model']) ?? null;
      const where = { path: ['params', 'model'], is: 'equal' as const, value: model };
      const results = edited(lines, { op: 'set', path, value: 77, where });
      for (const [index, result] of results.entries()) {
        const before = JSON.parse(lines[index] ?? '') as JsonObject;
        const isMeant = valueAt(before, where.path) === model;
        if (!isMeant) assert.equal(result, lines[index]);
        else
          assert.deepEqual(JSON.parse(result ?? ''), {
            ...before,
            params: { ...(before.params as object), max_tokens: 77 },
          });
      }
    }),
  );
});

test('no line makes an edit throw', () => {
  const edits: BulkEdit[] = [
    { op: 'set', path: ['params', 'a', 'b'], value: 1 },
    { op: 'remove', path: ['params', 'messages', 0] },
    { op: 'renumber', prefix: 'a' },
    { op: 'prefix', prefix: 'a' },
    { op: 'drop-duplicates', by: 'params' },
    { op: 'minify', where: { path: ['params'], is: 'equal', value: [] } },
  ];
  const deep = `{"params":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  for (const edit of edits) assert.deepEqual(edited([deep, deep], edit), [deep, deep]);
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ params: fc.object() }).map((value) => JSON.stringify(value)),
  );
  fc.assert(fc.property(fc.array(line), fc.constantFrom(...edits), (lines, edit) => void edited(lines, edit)));
});

function idOf(line: string | null): string | null {
  return line?.startsWith('{') ? JSON.parse(line).custom_id : null;
}
