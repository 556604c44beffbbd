import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { typicalLines, typicalLinesOf } from '../../files/typical-lines';
import { temporaryFolder } from '../support/folders';

test('the first, the median and the longest line, each once', () => {
  assert.deepEqual(typicalLines([0, 30, 10, 0, 50, 20, 40]), [1, 4]);
  assert.deepEqual(typicalLines([10, 30, 50, 20, 40]), [0, 1, 2]);
  assert.deepEqual(typicalLines([7]), [0]);
  assert.deepEqual(typicalLines([5, 6]), [0, 1]);
  assert.deepEqual(typicalLines([0, 0]), []);
});

test('the same of a file on disk', async (t) => {
  const path = join(temporaryFolder(t), 'tickets.batch.jsonl');
  writeFileSync(path, '\n"aa"\n"ä"\r\n\n"aaaaaa"\n"aaaa"\n');
  assert.deepEqual(await typicalLinesOf(path), [1, 2, 4]);
});
