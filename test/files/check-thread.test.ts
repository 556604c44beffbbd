import assert from 'node:assert/strict';
import { appendFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { CheckThread } from '../../files/check-thread';
import type { FileCheck, JudgedBy } from '../../files/file-check';
import { bundled } from '../support/bundle';
import { context, requestLine } from '../support/contexts';
import { temporaryFile } from '../support/folders';
import { largeFile } from '../support/large-file';

let script: Awaited<ReturnType<typeof bundled>>;
before(async () => {
  script = await bundled({ 'check-worker.js': 'files/check-worker.ts' });
});
after(() => script.remove());

const judgedBy: JudgedBy = { apiVersion: '2023-06-01', betas: [], models: '', settings: null, hash: '' };
const OPTIONS = { context: context(), judgedBy, limit: 900 };
const newThread = () => new CheckThread(path.join(script.folder, 'check-worker.js'));

test('a check that is stopped ends within 200 ms, and the thread is free for another', async (t) => {
  const file = largeFile(t, 64);
  const small = temporaryFile(t, 'small.jsonl', `${requestLine('a')}\n`);
  const thread = newThread();
  await thread.check(small, OPTIONS);
  const times: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const stop = new AbortController();
    let stopped = 0;
    const onProgress = (bytes: number) => {
      if (bytes < 8_000_000 || stopped > 0) return;
      stopped = performance.now();
      stop.abort();
    };
    await assert.rejects(thread.check(file, { ...OPTIONS, signal: stop.signal, onProgress }), { name: 'AbortError' });
    assert.equal((await thread.check(small, OPTIONS)).requests, 1);
    times.push(performance.now() - stopped);
  }
  const best = Math.min(...times);
  t.diagnostic(`${times.map(Math.round).join(', ')} ms`);
  assert.ok(best < 200, `${best} ms`);
});

test('a file that grows or shrinks while two threads read it gives no findings', async (t) => {
  const thread = newThread();
  for (const change of [
    (file: string) => appendFileSync(file, 'x\n'),
    (file: string) => truncateSync(file, 9_000_000),
  ]) {
    const file = largeFile(t, 32);
    let changed = false;
    const onProgress = () => {
      if (!changed) change(file);
      changed = true;
    };
    await assert.rejects(thread.check(file, { ...OPTIONS, onProgress }), { name: 'FileChangedError' });
  }
});

test('two threads find what one finds, in the same order', async (t) => {
  const lines = Array.from({ length: 12_000 }, (_, i) => {
    const line = requestLine(i % 500 === 0 ? 'same' : `r-${i}`, `${i} `.repeat(300));
    return i % 97 === 0 ? line.slice(0, -3) : i % 89 === 0 ? line.replace('"max_tokens":64', '"max_tokens":0') : line;
  });
  const file = temporaryFile(t, 'a.batch.jsonl', `${lines.join('\n')}\n`);
  const { checkFile } = await import('../../files/check-file');
  const plain = (check: FileCheck) => ({ ...check, estimate: check.estimate.inputTokens });
  assert.deepEqual(plain(await newThread().check(file, OPTIONS)), plain(await checkFile(file, OPTIONS)));
});

test('a check that was stopped before its file was looked at starts no thread, which would keep the program running', async (t) => {
  const check = newThread().check(largeFile(t, 8), { ...OPTIONS, signal: AbortSignal.abort() });
  await assert.rejects(check, { name: 'AbortError' });
  // A thread that is waited for has a port to it.
  assert.ok(!process.getActiveResourcesInfo().includes('MessagePort'));
});
