import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { CheckThread } from '../../files/check-thread';
import type { FileCheck, JudgedBy } from '../../files/file-check';
import { bundled } from '../support/bundle';
import { context, requestLine } from '../support/contexts';
import { temporaryFile, temporaryFolder } from '../support/folders';

let script: Awaited<ReturnType<typeof bundled>>;
before(async () => {
  script = await bundled({ 'check-worker.js': 'files/check-worker.ts' });
});
after(() => script.remove());

const judgedBy: JudgedBy = { apiVersion: '2023-06-01', betas: [], models: '', settings: null, hash: '' };
const OPTIONS = { context: context(), judgedBy, limit: 900 };
const newThread = () => new CheckThread(path.join(script.folder, 'check-worker.js'));

test('the thread that asks stays free while 256 MB are checked', async (t) => {
  const file = largeFile(t, 256);
  const idle = idleThread();
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const { requests, counts } = await newThread().check(file, { ...OPTIONS, onProgress: () => {} });
  delays.disable();
  assert.deepEqual([requests, counts.error], [256 * LINES_A_MEGABYTE, 0]);
  // A machine that is busy with something else delays every thread, also one that does nothing.
  const [ours, machine] = [delays.percentile(99) / 1e6, await idle.delay()];
  t.diagnostic(`99 of 100 delays at most ${ours.toFixed(1)} ms, of an idle thread ${machine.toFixed(1)} ms`);
  assert.ok(ours - machine < 50, `a delay of ${ours} ms, of an idle thread ${machine} ms`);
});

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

/** A thread that does nothing but measure how late it is. */
function idleThread() {
  const worker = new Worker(
    `const delays = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    const { parentPort } = require('node:worker_threads');
    parentPort.once('message', () => parentPort.postMessage(delays.percentile(99) / 1e6));`,
    { eval: true },
  );
  return {
    /** The most of 99 of 100 delays, in ms; the thread ends. */
    async delay(): Promise<number> {
      worker.postMessage('enough');
      const [delay] = await once(worker, 'message');
      return delay;
    },
  };
}

const LINES_A_MEGABYTE = 390;

/** A batch file of so many MB whose lines are alike. */
function largeFile(t: TestContext, megabytes: number): string {
  const file = path.join(temporaryFolder(t), 'large.batch.jsonl');
  const content = 'the words of a long text, '.repeat(92);
  const lines = Array.from({ length: LINES_A_MEGABYTE }, (_, i) => `${requestLine(`MEGA-${i}`, content)}\n`).join('');
  const bytes = Buffer.from(lines);
  const numbers = [...lines.matchAll(/MEGA/g)].map(({ index }) => index);
  const open = openSync(file, 'w');
  for (let i = 0; i < megabytes; i++) {
    for (const at of numbers) bytes.write(String(i).padStart(4, '0'), at);
    writeSync(open, bytes);
  }
  closeSync(open);
  return file;
}
