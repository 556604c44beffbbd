import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Derivation, deriveFiles } from '../../files/derive-files';
import { editFile } from '../../files/edit-file';
import { requestLine } from '../support/contexts';
import { temporaryFolder } from '../support/folders';

const LINES = Array.from({ length: 20 }, (_, i) => requestLine(`r-${i}`, i % 3 === 0 ? 'Привет' : 'Hi'));
const TEXT = `\uFEFF${LINES.slice(0, 10).join('\r\n')}\r\n \n${LINES.slice(10).join('\n')}`;

async function derived(t: TestContext, derivation: Derivation): Promise<{ name: string; lines: string[] }[]> {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'a.jsonl'), TEXT);
  const files = await deriveFiles(join(folder, 'a.jsonl'), (name) => join(folder, `a.${name}.batch.jsonl`), derivation);
  return files.map(({ path, requests }) => {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, requests);
    return { name: basename(path), lines };
  });
}

test('a sample keeps the order and is the same for the same seed', async (t) => {
  const [sample] = await derived(t, { kind: 'sample', count: 5, seed: '1' });
  assert.equal(sample?.name, 'a.sample-5.batch.jsonl');
  const numbers = sample?.lines.map((line) => LINES.indexOf(line)) ?? [];
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );
  assert.ok(!numbers.includes(-1));
  assert.deepEqual(await derived(t, { kind: 'sample', count: 5, seed: '1' }), [sample]);
  assert.notDeepEqual(await derived(t, { kind: 'sample', count: 5, seed: '2' }), [sample]);
});

test('shuffled requests are the same requests in another order', async (t) => {
  const [shuffled] = await derived(t, { kind: 'shuffle', seed: '1' });
  assert.notDeepEqual(shuffled?.lines, LINES);
  assert.deepEqual(shuffled?.lines.toSorted(), LINES.toSorted());
});

test('split by size, and by a field', async (t) => {
  const parts = await derived(t, { kind: 'split', requests: 8, bytes: 1e9 });
  assert.deepEqual(
    parts.map(({ name, lines }) => [name, lines.length]),
    [
      ['a.part-1.batch.jsonl', 8],
      ['a.part-2.batch.jsonl', 8],
      ['a.part-3.batch.jsonl', 4],
    ],
  );
  assert.deepEqual(
    parts.flatMap(({ lines }) => lines),
    LINES,
  );
  const small = await derived(t, { kind: 'split', requests: 100, bytes: 400 });
  assert.ok(small.every(({ lines }) => lines.length === 1 || Buffer.byteLength(lines.join('\n')) < 400));
  const path = ['params', 'messages', 0, 'content'];
  const byContent = await derived(t, { kind: 'split-by', path });
  assert.deepEqual(
    byContent.map(({ name }) => name),
    ['a.Привет.batch.jsonl', 'a.Hi.batch.jsonl'],
  );
});

test('values that would give files one name have different ones, and too many files are none', async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string): string => join(folder, name);
  const values = ['a b', 'a-b', 'A B', 1, null];
  const lines = values.map((value, i) =>
    JSON.stringify({ custom_id: `r-${i}`, params: { metadata: { user_id: value } } }),
  );
  writeFileSync(at('a.jsonl'), `${lines.join('\n')}\n{"custom_id":"z"}\n`);
  const byUser: Derivation = { kind: 'split-by', path: ['params', 'metadata', 'user_id'] };
  const files = await deriveFiles(at('a.jsonl'), at, byUser);
  assert.deepEqual(
    files.map(({ path, requests }) => [basename(path), requests]),
    ['a-b', 'a-b-2', 'A-B-3', '1', 'null', 'without'].map((name) => [name, 1]),
  );
  await assert.rejects(deriveFiles(at('a.jsonl'), at, byUser), { code: 'EEXIST' });
  assert.equal(readdirSync(folder).length, 7);
  writeFileSync(
    at('b.jsonl'),
    Array.from({ length: 101 }, (_, i) => `{"params":{"metadata":{"user_id":"${i}"}}}\n`).join(''),
  );
  await assert.rejects(deriveFiles(at('b.jsonl'), at, byUser), /101 files would be made, and at most 100 are/);
  assert.equal(readdirSync(folder).length, 8);
});

test('a bulk edit on disk leaves the bytes of all other lines, and overwrites nothing', async (t) => {
  const folder = temporaryFolder(t);
  const at = (name: string): string => join(folder, name);
  const broken = Buffer.concat([Buffer.from(TEXT), Buffer.from([0x0a, 0xff, 0xfe, 0x0a])]);
  writeFileSync(at('a.jsonl'), broken);
  const where = { path: ['custom_id'], is: 'equal' as const, value: 'r-3' };
  const outcome = await editFile(at('a.jsonl'), at('b.jsonl'), [
    { op: 'set', path: ['custom_id'], value: 'r-three', where },
    { op: 'set', path: ['params', 'max_tokens'], value: 9, where },
  ]);
  assert.equal(outcome.changed, 1);
  const expected = Buffer.from(
    broken.toString('latin1').replace(/"r-3"(,"params":\{[^\n]*?"max_tokens":)64/, '"r-three"$19'),
    'latin1',
  );
  assert.ok(readFileSync(at('b.jsonl')).equals(expected));
  await assert.rejects(editFile(at('a.jsonl'), at('b.jsonl'), [{ op: 'minify' }]), { code: 'EEXIST' });
  const dropped = await editFile(at('a.jsonl'), at('c.jsonl'), [{ op: 'drop-duplicates', by: 'params' }]);
  assert.equal(dropped.removed, 18);
  assert.equal(existsSync(at('.c.jsonl.part')), false);
  assert.deepEqual(readdirSync(folder).sort(), ['a.jsonl', 'b.jsonl', 'c.jsonl']);
});
