import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyChanges } from '../../batch/apply-edits';
import { type BulkEdit, BulkEditor } from '../../batch/bulk/bulk-edit';
import { parseFieldPath } from '../../batch/bulk/field-path';
import { type Json, type JsonObject, valueAt } from '../../batch/json';
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

test('fields as people write them', () => {
  assert.deepEqual(parseFieldPath('max_tokens'), ['params', 'max_tokens']);
  assert.deepEqual(parseFieldPath('params.messages[0].role'), ['params', 'messages', 0, 'role']);
  assert.deepEqual(parseFieldPath('/params/messages/0'), ['params', 'messages', 0]);
  assert.deepEqual(parseFieldPath('custom_id'), ['custom_id']);
  for (const wrong of ['', 'a..b', 'a b', '[0', '/']) assert.equal(parseFieldPath(wrong), undefined, wrong);
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
      const where = { path: ['params', 'model'], equals: model };
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
    { op: 'minify' },
  ];
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
