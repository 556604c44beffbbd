import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { partOf, writeNewFile } from '../../runs/new-file';
import { RunError } from '../../runs/run-error';
import { bundled } from '../support/bundle';
import { newFolder } from './setup';

async function* chunks(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text);
}

test('a new file gets its name when it is whole, and the permission bits of its source', async (t) => {
  const folder = await newFolder(t);
  const source = path.join(folder, 'source.jsonl');
  await writeFile(source, '');
  await chmod(source, 0o640);
  const target = path.join(folder, 'new', 'target.jsonl');
  await writeNewFile(target, chunks('a', 'b'), { like: source });
  assert.equal(await readFile(target, 'utf8'), 'ab');
  if (process.platform !== 'win32') assert.equal((await stat(target)).mode & 0o777, 0o640);
  assert.deepEqual(await readdir(path.dirname(target)), ['target.jsonl']);
});

test('what an earlier program left of a part is not in the way', async (t) => {
  const target = path.join(await newFolder(t), 'target.jsonl');
  await writeFile(partOf(target), 'old');
  await writeNewFile(target, chunks('new'), { like: null });
  assert.equal(await readFile(target, 'utf8'), 'new');
});

test('nothing is ever overwritten', async (t) => {
  const target = path.join(await newFolder(t), 'target.jsonl');
  await writeFile(target, 'theirs');
  await assert.rejects(writeNewFile(target, chunks('ours'), { like: null }), {
    kind: 'disk',
    message: /already there/,
  });
  assert.equal(await readFile(target, 'utf8'), 'theirs');
});

test('nothing is left of a file whose bytes end in an error or that is canceled', async (t) => {
  const folder = await newFolder(t);
  const target = path.join(folder, 'target.jsonl');
  const cut = async function* () {
    yield Buffer.from('half');
    throw new RunError('network', 'Cut.');
  };
  await assert.rejects(writeNewFile(target, cut(), { like: null }), { kind: 'network' });
  const canceling = new AbortController();
  const canceled = async function* () {
    yield Buffer.from('half');
    canceling.abort();
    yield Buffer.from('whole');
  };
  await assert.rejects(writeNewFile(target, canceled(), { like: null, signal: canceling.signal }), {
    kind: 'canceled',
  });
  assert.deepEqual(await readdir(folder), []);
});

test('a folder that cannot be made is said', async (t) => {
  const folder = await newFolder(t);
  await writeFile(path.join(folder, 'file'), '');
  await mkdir(path.join(folder, 'taken'));
  const inFile = path.join(folder, 'file', 'target.jsonl');
  await assert.rejects(writeNewFile(inFile, chunks('a'), { like: null }), { kind: 'disk' });
  await assert.rejects(writeNewFile(path.join(folder, 'taken'), chunks('a'), { like: null }), { kind: 'disk' });
});

const posix = process.platform === 'win32' ? { skip: 'needs ulimit' } : {};
test('a disk that is too small leaves nothing behind', posix, async (t) => {
  const folder = await newFolder(t);
  const { folder: dist, remove } = await bundled({ 'child.js': 'test/runs/new-file-child.ts' });
  t.after(remove);
  const command = 'ulimit -f 64; exec "$0" "$1" "$2"';
  const target = path.join(folder, 'target.jsonl');
  const said = execFileSync('sh', ['-c', command, process.execPath, path.join(dist, 'child.js'), target]).toString();
  assert.match(said, /^disk: .*target\.jsonl cannot be written: the file is larger than this disk allows\.$/);
  assert.deepEqual(await readdir(folder), []);
});
