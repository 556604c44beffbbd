import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { bundled } from '../support/bundle';
import { clientOf, requests } from './client';

let bundles: Awaited<ReturnType<typeof bundled>>;
let bundle: string;

before(async () => {
  bundles = await bundled({ 'sandbox.js': 'sandbox/main.ts' });
  bundle = path.join(bundles.folder, 'sandbox.js');
});
after(() => bundles.remove());

async function listening(child: ChildProcess): Promise<{ url: string; token: string }> {
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error('the sandbox said nothing');
}

async function isGone(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'exit');
  return code;
}

test('a process says where it listens, serves, and ends with its stdin', async () => {
  const child = spawn(process.execPath, [bundle, '--token', 'sk-mine', '--processing-ms', '0']);
  const { url, token } = await listening(child);
  assert.equal(token, 'sk-mine');
  const { id } = await clientOf({ url, token }).messages.batches.create({ requests: requests(1) });
  assert.match(id, /^msgbatch_sandbox_/);
  child.stdin.end();
  assert.equal(await isGone(child), 0);
});

test('a forked process ends with its channel', async () => {
  const child = fork(bundle, [], { silent: true });
  await listening(child);
  child.disconnect();
  assert.equal(await isGone(child), 0);
});

test('a process ends when it is told to, with a batch still running', async () => {
  const child = spawn(process.execPath, [bundle, '--processing-ms', 'Infinity'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await clientOf(await listening(child)).messages.batches.create({ requests: requests(1) });
  child.kill('SIGTERM');
  assert.equal(await isGone(child), 0);
});

test('a flag that is wrong is said', async () => {
  const child = spawn(process.execPath, [bundle, '--processing-ms', 'soon']);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  assert.equal(await isGone(child), 2);
  assert.equal(said, '--processing-ms takes a number, not "soon".\n');
});
