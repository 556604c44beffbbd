import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EditsMade } from '../../files/edits-made';
import { FileChangedError } from '../../files/read-lines';
import { replaceInFile } from '../../files/rewrite';
import { temporaryFile, temporaryFolder } from '../support/folders';

const bytes = (text: string): Buffer => Buffer.from(text);

test('an edit is taken back by whoever opens the folder next, and only where nothing else was changed', async (t) => {
  const folder = join(temporaryFolder(t), 'edits');
  const file = temporaryFile(t, 'a.jsonl', 'one\ntwo\nthree\n');
  const sha256 = await replaceInFile(file, [{ start: 4, before: bytes('two'), after: bytes('TWO!') }]);
  const undo = [{ start: 4, before: bytes('TWO!'), after: bytes('two') }];
  await new EditsMade(folder).add({ path: file, sha256, undo }, 1);
  const last = await new EditsMade(folder).last();
  assert.ok(last);
  assert.equal(last.edit.path, file);
  writeFileSync(file, 'one\nTWO!\nTHREE\n');
  await assert.rejects(replaceInFile(file, last.edit.undo, { sha256: last.edit.sha256 }), FileChangedError);
  assert.equal(readFileSync(file, 'utf8'), 'one\nTWO!\nTHREE\n');
  writeFileSync(file, 'one\nTWO!\nthree\n');
  await replaceInFile(file, last.edit.undo, { sha256: last.edit.sha256 });
  assert.equal(readFileSync(file, 'utf8'), 'one\ntwo\nthree\n');
  await last.forget();
  assert.equal(await new EditsMade(folder).last(), undefined);
});

test('only what changed is kept, each text once, for its owner alone', async (t) => {
  const folder = join(temporaryFolder(t), 'edits');
  const shared = 'a prompt that all have '.repeat(100);
  const undo = Array.from({ length: 1000 }, (_, i) => ({
    start: i * 5000,
    before: bytes(`${shared}!${shared}`),
    after: bytes(`${shared}?!${shared}`),
  }));
  const edits = new EditsMade(folder);
  await edits.add({ path: '/a', sha256: 'x', undo }, 1);
  const [name = ''] = readdirSync(folder);
  const { size, mode } = statSync(join(folder, name));
  assert.ok(size < 20_000, `${size} bytes`);
  assert.equal(mode & 0o777, 0o600);
  const [first] = (await edits.last())?.edit.undo ?? [];
  assert.deepEqual(first, { start: shared.length, before: Buffer.alloc(0), after: bytes('?') });
});

test('the last comes first whatever the clock says, what cannot be read is passed over, and old ones go', async (t) => {
  const folder = temporaryFolder(t);
  const edits = new EditsMade(folder);
  for (let i = 0; i < 60; i++) await edits.add({ path: `/${i}`, sha256: '', undo: [] }, 1000 - i);
  assert.equal(readdirSync(folder).length, 50);
  writeFileSync(join(folder, '000000000009999.json'), '{"path":');
  const last = await edits.last();
  assert.equal(last?.edit.path, '/59');
  await last.forget();
  assert.equal((await edits.last())?.edit.path, '/58');
});
