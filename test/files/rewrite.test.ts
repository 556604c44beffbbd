import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { copyLines } from '../../files/rewrite';
import { temporaryFile } from '../support/folders';

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
