import assert from 'node:assert/strict';
import { closeSync, openSync, readSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { readChunks } from '../../files/read-lines';
import { temporaryFile } from '../support/folders';

for (const blocking of [false, true]) {
  test(`chunks are the file's bytes in order${blocking ? ', also where the thread waits for each' : ''}`, async (t) => {
    const bytes = Buffer.alloc(3_500_000, 'some bytes that no chunk has at its beginning ');
    const read: Buffer[] = [];
    for await (const chunk of readChunks(temporaryFile(t, 'a', bytes), { blocking })) {
      read.push(Buffer.from(chunk));
      // While one is at work on a chunk the next is read, and does not overwrite it.
      const before = Buffer.from(chunk);
      await setImmediate();
      assert.ok(chunk.equals(before));
    }
    assert.ok(Buffer.concat(read).equals(bytes));
  });

  test(`a file that is left early is read no more${blocking ? ', also where the thread waits' : ''}`, async (t) => {
    const large = temporaryFile(t, 'large', Buffer.alloc(3_500_000));
    const other = temporaryFile(t, 'other', 'the other');
    for await (const _ of readChunks(large, { blocking })) break;
    // It gets the number that the first one had.
    const file = openSync(other, 'r');
    await setImmediate();
    const buffer = Buffer.alloc(9);
    readSync(file, buffer, 0, 9, null);
    closeSync(file);
    assert.equal(buffer.toString(), 'the other');
  });
}
