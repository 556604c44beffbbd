import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isLegalId } from '../../batch/rules/custom-id';
import { idToMend, type LineId, renamingsCsv, uniqueIds } from '../../batch/unique-ids';

const ALL = { illegal: true, repeated: true };

/** The ids after the renamings. */
function renamed(ids: readonly LineId[], wrong = ALL): LineId[] {
  const after = [...ids];
  for (const { line, from, to } of uniqueIds(ids, wrong)) {
    assert.equal(from, ids[line]);
    after[line] = to;
  }
  return after;
}

test('what is right stays, what is wrong becomes legal and its own', () => {
  const ids = ['a b', 'a-b', undefined, 'x', 'x', null, '', 'x', 'a:b'];
  const after = ['a-b-2', 'a-b', undefined, 'x', 'x-2', 'request-6', 'request-7', 'x-3', 'a-b-3'];
  assert.deepEqual(renamed(ids), after);
});

test('only the kind that is asked for is mended', () => {
  assert.deepEqual(renamed(['a b', 'x', 'x'], { illegal: true, repeated: false }), ['a-b', 'x', 'x']);
  assert.deepEqual(renamed(['a b', 'x', 'x'], { illegal: false, repeated: true }), ['a b', 'x', 'x-2']);
  assert.deepEqual(renamed(['a b', 'x', 'x'], { illegal: false, repeated: false }), ['a b', 'x', 'x']);
});

test('ids of any kind end up legal and different, and legal ones that stood first as they were', () => {
  const id = fc.oneof(fc.constantFrom('a', 'a b', 'a-b', 'a-2', '', null, undefined), fc.string({ maxLength: 80 }));
  fc.assert(
    fc.property(fc.array(id), (ids) => {
      const after = renamed(ids).filter((one) => one !== undefined);
      assert.equal(new Set(after).size, after.length);
      for (const one of after) assert.ok(one !== null && isLegalId(one));
      for (const [line, old] of ids.entries())
        if (typeof old === 'string' && isLegalId(old) && ids.indexOf(old) === line)
          assert.equal(renamed(ids)[line], old);
    }),
  );
});

test('a hundred thousand requests of the same id are numbered in one go', () => {
  const after = renamed(Array.from({ length: 100_000 }, () => 'x'.repeat(64)));
  assert.equal(new Set(after).size, 100_000);
  assert.equal(after.at(-1), `${'x'.repeat(57)}-100000`);
});

test('the id on a line, whatever the line holds', () => {
  const lines = [
    '{"custom_id":"a"}',
    '{"params":{}}',
    '{}',
    '{"custom_id":7}',
    '[]',
    '',
    '{',
    '{"__proto__":{"custom_id":1}}',
  ];
  assert.deepEqual(lines.map(idToMend), ['a', null, ...Array.from({ length: 6 }, () => undefined)]);
});

test('the renamings as a table that a spreadsheet reads', () => {
  const table = renamingsCsv(uniqueIds(['a,"b"', null], ALL));
  assert.equal(table, 'old_custom_id,new_custom_id,line\r\n"a,""b""",a-b-,1\r\n,request-2,2\r\n');
});
