import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { findBlock, linesIn, readBlock } from '../../files/line-block';
import { temporaryFile } from '../support/folders';

const TEXT = '\uFEFFone\ntwo\r\n\nthree\rfour';

test('a block is read as far as its limits allow', async (t) => {
  const file = temporaryFile(t, 'a.jsonl', TEXT);
  const read = async (...args: Parameters<typeof readBlock> extends [string, ...infer Rest] ? Rest : never) =>
    (await readBlock(file, ...args))?.bytes.toString();
  assert.equal(await read(0, { lines: 1 }), 'one\n');
  assert.equal(await read(1, { requests: 2 }), 'two\r\n\nthree\r');
  assert.equal(await read(1, { bytes: 6 }), 'two\r\n\n');
  assert.equal(await read(4, {}), 'four');
  assert.equal(await read(3, { bytes: 1 }), 'three\r');
  assert.equal(await read(5, {}), undefined);
  const block = await readBlock(file, 1, { lines: 2 });
  assert.deepEqual([block?.line, block?.lines, block?.start], [1, 2, 7]);
});

test('a block is found where it stands, and where it has moved to', async (t) => {
  const file = temporaryFile(t, 'a.jsonl', 'a\na\nb\nc\nb\n');
  const block = (await readBlock(file, 1, { lines: 2 }))!;
  assert.equal(await findBlock(file, block), block);
  writeFileSync(file, `new\na\n${readFileSync(file, 'utf8')}`);
  assert.deepEqual(await findBlock(file, block), { ...block, line: 3, start: 8 });
  writeFileSync(file, 'a\nB\nxa\nb\n');
  assert.equal(await findBlock(file, block), null);
  writeFileSync(file, 'x\nxa\nb\n');
  assert.equal(await findBlock(file, { ...block, start: 3 }), null);
});

test('the first line stands after a byte order mark', async (t) => {
  const file = temporaryFile(t, 'a.jsonl', TEXT);
  const block = (await readBlock(file, 0, { lines: 1 }))!;
  assert.equal(block.start, 3);
  assert.equal(await findBlock(file, block), block);
});

test('lines keep their terminators', () => {
  assert.deepEqual(linesIn(Buffer.from('a\r\n\nb\rc')).map(String), ['a\r\n', '\n', 'b\r', 'c']);
  assert.deepEqual(linesIn(Buffer.alloc(0)), []);
});
