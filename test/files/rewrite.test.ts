import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { FileChangedError } from '../../files/read-lines';
import { copyLines, replaceInFile } from '../../files/rewrite';
import { temporaryFile, temporaryFolder } from '../support/folders';

test('lines are left out, the others are copied as they are', async (t) => {
  const source = temporaryFile(t, 'a.jsonl', 'a\r\n b \nc');
  chmodSync(source, 0o640);
  const target = `${source}.out`;
  await copyLines(source, target, (line) => line !== 0);
  assert.equal(readFileSync(target, 'utf8'), ' b \nc\n');
  assert.equal(statSync(target).mode & 0o777, 0o640);
});

test('nothing is overwritten, and nothing is left of what failed', async (t) => {
  const source = temporaryFile(t, 'a.jsonl', 'a\n');
  const target = `${source}.out`;
  writeFileSync(target, 'mine');
  await assert.rejects(
    copyLines(source, target, () => true),
    { code: 'EEXIST' },
  );
  assert.equal(readFileSync(target, 'utf8'), 'mine');
  const other = `${source}.other`;
  const failing = () => {
    throw new Error('no');
  };
  await assert.rejects(copyLines(source, other, failing), /no/);
  assert.equal(existsSync(other), false);
  assert.equal(readdirSync(dirname(source)).length, 2);
});

test('bytes of a file are replaced, all others stay, and so do its permissions and the link to it', async (t) => {
  const file = temporaryFile(t, 'a.jsonl', 'one\ntwo\nthree\n');
  chmodSync(file, 0o666);
  const link = join(temporaryFolder(t), 'link.jsonl');
  symlinkSync(file, link);
  await replaceInFile(link, [
    { start: 0, before: Buffer.from('one'), after: Buffer.from('1') },
    { start: 8, before: Buffer.alloc(0), after: Buffer.from('2.5\n') },
    { start: 14, before: Buffer.alloc(0), after: Buffer.from('end') },
  ]);
  assert.equal(readFileSync(file, 'utf8'), '1\ntwo\n2.5\nthree\nend');
  assert.equal(statSync(file).mode & 0o777, 0o666);
  assert.equal(lstatSync(link).isSymbolicLink(), true);
  assert.deepEqual(readdirSync(dirname(file)), ['a.jsonl']);
});

test('a file that holds something else there stays as it is', async (t) => {
  const file = temporaryFile(t, 'a.jsonl', 'one\ntwo\n');
  const wrong = { start: 4, before: Buffer.from('TWO'), after: Buffer.from('2') };
  const beyond = { start: 8, before: Buffer.from('x'), after: Buffer.from('2') };
  for (const replacement of [wrong, beyond]) await assert.rejects(replaceInFile(file, [replacement]), FileChangedError);
  assert.equal(readFileSync(file, 'utf8'), 'one\ntwo\n');
  assert.deepEqual(readdirSync(dirname(file)), ['a.jsonl']);
});

test('wherever chunks end, what is not named stays', async (t) => {
  const MEGABYTE = 1 << 20;
  const file = temporaryFile(t, 'a.jsonl', '');
  const cut = fc.nat({ max: 3 * MEGABYTE });
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { minLength: 2, maxLength: 8 }), async (cuts) => {
      const content = Buffer.alloc(3 * MEGABYTE, 'the lines of a file\n');
      writeFileSync(file, content);
      const places = [...new Set(cuts)].sort((a, b) => a - b);
      const replacements = places.flatMap((start, i) => {
        const end = places[i + 1];
        return i % 2 === 1 || end === undefined
          ? []
          : [{ start, before: content.subarray(start, end), after: Buffer.from(`<${i}>`) }];
      });
      await replaceInFile(file, replacements);
      const parts = replacements.map(({ start, before, after }, i) => {
        const next = replacements[i + 1]?.start ?? content.length;
        return Buffer.concat([after, content.subarray(start + before.length, next)]);
      });
      const expected = Buffer.concat([content.subarray(0, replacements[0]?.start ?? content.length), ...parts]);
      assert.ok(readFileSync(file).equals(expected));
    }),
    { numRuns: 20 },
  );
});
